// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang's source locations and those of the facts: the same number. Facts of a unit may also have
// places of files that it does not include; those have the numbers from ElsewhereBegin on, which
// Clang would need a gigabyte of macros for.

#ifndef AIRLOCK_FRONTEND_LOCATIONS_H
#define AIRLOCK_FRONTEND_LOCATIONS_H

#include "facts/Facts.h"
#include "clang/Basic/SourceLocation.h"

namespace airlock {

inline Location toLocation(clang::SourceLocation L) { return {L.getRawEncoding()}; }
constexpr uint32_t ElsewhereBegin = 0xC0000000;
inline bool isElsewhere(Location L) { return L.Raw >= ElsewhereBegin; }

/// Of one that is not elsewhere.
inline clang::SourceLocation toClang(Location L) {
  return clang::SourceLocation::getFromRawEncoding(L.Raw);
}

} // namespace airlock

#endif
