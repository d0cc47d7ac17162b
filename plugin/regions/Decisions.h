// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// On how many decisions of its own a function comes to each of its blocks: the
// branches that a block is control dependent on (Ferrante, Ottenstein, Warren,
// TOPLAS 1987), on the way with the fewest. What is called without any is called
// whenever the function is.
//
//   no decision     a branch that the caller's arguments decide (Decided); one of
//                   which the other side only fails or never returns; the condition
//                   of a loop, which is there to go round

#ifndef AIRLOCK_REGIONS_DECISIONS_H
#define AIRLOCK_REGIONS_DECISIONS_H

#include "facts/Flow.h"
#include "llvm/ADT/BitVector.h"

namespace airlock {

/// By block, counted up to MaxDecisions.
constexpr unsigned MaxDecisions = 4;
std::vector<uint8_t> decisionsBefore(const Flow &Body, const llvm::BitVector &Decided);

} // namespace airlock

#endif
