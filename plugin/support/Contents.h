// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is in a file as one number, to tell whether it is what it was.

#ifndef AIRLOCK_SUPPORT_CONTENTS_H
#define AIRLOCK_SUPPORT_CONTENTS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/xxhash.h"

namespace airlock {

/// Never 0, which is for what cannot be told.
inline uint64_t hashOfInput(llvm::StringRef Content) {
  uint64_t Hash = llvm::xxh3_64bits(Content);
  return Hash ? Hash : 1;
}

} // namespace airlock

#endif
