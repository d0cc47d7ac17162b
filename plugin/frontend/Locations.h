// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang's source locations and those of the facts: the same number.

#ifndef AIRLOCK_FRONTEND_LOCATIONS_H
#define AIRLOCK_FRONTEND_LOCATIONS_H

#include "facts/Facts.h"
#include "clang/Basic/SourceLocation.h"

namespace airlock {

inline Location toLocation(clang::SourceLocation L) { return {L.getRawEncoding()}; }
inline clang::SourceLocation toClang(Location L) {
  return clang::SourceLocation::getFromRawEncoding(L.Raw);
}

} // namespace airlock

#endif
