// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The bytes of an entry of the cache: a mark, the checksum of all behind it, the size of
// what was packed, then that, compressed.

#ifndef AIRLOCK_TOOLS_CACHEENTRY_H
#define AIRLOCK_TOOLS_CACHEENTRY_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace airlock {

std::string makeEntry(llvm::StringRef Content);
/// An entry of what stands behind its checksum.
std::string sealEntry(llvm::StringRef Rest);
/// What makeEntry() was given; nothing for any other bytes, and for what is packed so tightly
/// that somebody may want to fill the memory.
std::optional<std::string> readEntry(llvm::StringRef Entry);

} // namespace airlock

#endif
