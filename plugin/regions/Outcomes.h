// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Between a function and its callers: what it does under which conditions on
// its arguments, read off its states, and whether they hold at a call.

#ifndef AIRLOCK_REGIONS_OUTCOMES_H
#define AIRLOCK_REGIONS_OUTCOMES_H

#include "regions/FunctionRegions.h"
#include "regions/PathState.h"

namespace airlock {

class Model;

/// What a declaration says. Named is for what acquires or releases its argument.
llvm::SmallVector<Outcome, 2> declaredOutcomes(const Behaviour &Is, RegionSet Named);

/// What is not known: each of these may be open or not behind the call.
llvm::SmallVector<Outcome, 1> anyOutcome(RegionSet Regions);

/// Makes the changes of these regions the same in all: what may be, not what is.
void unite(llvm::MutableArrayRef<Outcome> All, RegionSet Regions);

/// What the path says of the parameters, as the caller passed them.
llvm::SmallVector<ArgumentCondition, 0> conditionsOn(const PathState &S, const Flow &F);

/// What the code has asked for on the path, and the answers.
void answer(const PathState &S, const Facts &Facts, const Model &M, const Flow &F, Situation &Into);

/// Whether a condition holds for an argument; nothing if it cannot be told.
std::optional<bool> holds(const ArgumentCondition &If, const Known &Argument);

/// Adds a condition; false if the two cannot hold together.
bool conjoin(llvm::SmallVectorImpl<ArgumentCondition> &All, const ArgumentCondition &More);

} // namespace airlock

#endif
