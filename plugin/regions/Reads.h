// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which values the expressions of a flow speak of, each expression looked at once;
// and which of these are worth keeping states apart for.

#ifndef AIRLOCK_REGIONS_READS_H
#define AIRLOCK_REGIONS_READS_H

#include "facts/Flow.h"
#include "llvm/ADT/BitVector.h"

namespace airlock {

/// Adds the values that an expression reads. Looked holds the expressions that have
/// been looked at, and grows.
void addReads(const Flow &F, ExprId Root, llvm::BitVector &Looked,
              llvm::SmallVectorImpl<ValueId> &Reads);

/// Variables that only ever get a few constants are how code remembers the
/// path it took: `locked = true`, `gfp = GFP_ATOMIC`. They keep states apart. Sorted.
llvm::SmallVector<ValueId, 4> tellingValues(const Flow &F);

} // namespace airlock

#endif
