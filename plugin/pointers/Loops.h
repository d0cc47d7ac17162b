// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The natural loops of a UserFlow, and the ways out of them.

#ifndef AIRLOCK_POINTERS_LOOPS_H
#define AIRLOCK_POINTERS_LOOPS_H

#include "facts/UserFlow.h"
#include "llvm/ADT/BitVector.h"

namespace airlock {

struct UserLoop {
  uint32_t Head;
  /// The blocks of it.
  llvm::BitVector Blocks;
  /// The blocks of it that a branch leaves it from.
  llvm::SmallVector<uint32_t, 4> Exits;
};

/// All of them; an inner one after those around it.
std::vector<UserLoop> loopsOf(const UserFlow &Flow);

} // namespace airlock

#endif
