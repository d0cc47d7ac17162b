// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which blocks of a function every path goes through that comes to its end
// without a failure: what is called there is called for certain. Everything
// else hangs on something that the function itself decides.

#ifndef AIRLOCK_REGIONS_INEVITABLE_H
#define AIRLOCK_REGIONS_INEVITABLE_H

#include "facts/Flow.h"
#include "llvm/ADT/BitVector.h"

namespace airlock {

llvm::BitVector inevitableBlocks(const Flow &Body);

} // namespace airlock

#endif
