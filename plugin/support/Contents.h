// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is in a file, and the same as one number, to tell whether it is what it was.

#ifndef AIRLOCK_SUPPORT_CONTENTS_H
#define AIRLOCK_SUPPORT_CONTENTS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/xxhash.h"

namespace airlock {

/// Never 0, which is for what cannot be told.
inline uint64_t hashOfInput(llvm::StringRef Content) {
  uint64_t Hash = llvm::xxh3_64bits(Content);
  return Hash ? Hash : 1;
}

/// Null if it cannot be read, or is no plain file: a pipe would keep us waiting.
std::unique_ptr<llvm::MemoryBuffer> readPlainFile(llvm::StringRef Path);

/// 0 if it cannot be read.
uint64_t hashOfFile(llvm::StringRef Path);

} // namespace airlock

#endif
