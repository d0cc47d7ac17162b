// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How many bytes there are where an argument points to.

#ifndef AIRLOCK_POINTERS_ROOM_H
#define AIRLOCK_POINTERS_ROOM_H

#include "pointers/PointerAnalysis.h"

namespace airlock {

struct Room {
  /// 0 if nobody knows.
  uint64_t Bytes = 0;
  /// The object has no more. Else it is what the type of a pointer says, and what is
  /// behind a struct may be part of a larger object.
  bool IsSure = false;
};

Room roomAt(const PointerAnalysis &P, const PointerState &At, const UserArgument &Argument);

} // namespace airlock

#endif
