// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What becomes of a translation unit, as processes and caches hand it on. Free of Clang.

#ifndef AIRLOCK_TOOLS_UNITRESULT_H
#define AIRLOCK_TOOLS_UNITRESULT_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace airlock {

/// A file that was read, absolute, and what was in it when it was.
struct UnitInput {
  std::string File;
  /// 0: it cannot be told whether it is the same another time.
  uint64_t Hash = 0;
};

struct UnitResult {
  /// The unit was parsed; what it includes can change without that.
  bool Parsed = false;
  /// In its frame; also of a unit that was not parsed.
  std::string Summary;
  /// What the compiler said.
  std::string Messages;
  std::vector<UnitInput> Inputs;

  /// As one string, and back; false if it is broken.
  std::string pack() const;
  bool unpack(llvm::StringRef Bytes);
};

} // namespace airlock

#endif
