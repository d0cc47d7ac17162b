// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The key of an entry that is for the function of one file, "kernel/fork.c:name".

#ifndef AIRLOCK_MODEL_FILEFUNCTION_H
#define AIRLOCK_MODEL_FILEFUNCTION_H

#include "llvm/ADT/StringRef.h"

namespace airlock {

inline bool isOfFile(llvm::StringRef Key) { return Key.contains(':'); }

/// The file and the function of such a key.
inline std::pair<llvm::StringRef, llvm::StringRef> splitOfFile(llvm::StringRef Key) {
  return Key.rsplit(':');
}

/// The function that a key is about, of one file or of any.
inline llvm::StringRef functionOf(llvm::StringRef Key) {
  return isOfFile(Key) ? splitOfFile(Key).second : Key;
}

} // namespace airlock

#endif
