// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A number as LEB128, read from bytes that may be anybody's.

#ifndef AIRLOCK_SUPPORT_LEB_H
#define AIRLOCK_SUPPORT_LEB_H

#include "llvm/Support/LEB128.h"
#include <algorithm>
#include <cstddef>

namespace airlock {

/// Moves At behind the number; false, and At where it was, if it is none. LLVM's own
/// function shifts without end where a number has more bytes than the largest takes.
inline bool readLeb(const uint8_t *&At, const uint8_t *End, uint64_t &Number) {
  constexpr ptrdiff_t MostBytes = 10;
  const char *Error = nullptr;
  unsigned Size = 0;
  Number = llvm::decodeULEB128(At, &Size, At + std::min(End - At, MostBytes), &Error);
  if (Error)
    return false;
  At += Size;
  return true;
}

} // namespace airlock

#endif
