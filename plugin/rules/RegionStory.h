// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The sentences that the rules about regions share: where a region opened, how
// an effect comes about, and the findings for what a region or a promise
// forbids.

#ifndef AIRLOCK_RULES_REGIONSTORY_H
#define AIRLOCK_RULES_REGIONSTORY_H

#include "rules/Story.h"

namespace airlock {

/// In the step that opens a region, in front of what it is from there on. Reports show where.
constexpr llvm::StringLiteral FromHereOn = "; from here on ";

/// The calls that opened a region, down to the primitive, and since when it is open.
void tellOpening(RuleContext &C, const OpenRegion &Open, EntityId Function,
                 std::vector<Step> &Path);

/// From a callee down to the primitive that has the effect, and why it has it.
void tellEffect(RuleContext &C, EntityId Callee, const EffectWay &Way, std::vector<Step> &Path);

/// What is open at a call in each of its situations.
llvm::SmallVector<OpenRegion, 1> certainlyOpen(const CallSituations &Here);

/// The expansion that a call stands in, as its author sees it; the call itself
/// in plain code.
CallId outermost(const Facts &F, CallId Id);

/// "'f' calls 'g'": with the verb that fits g. Takes both as %0 and %1.
const char *verbFor(const Entity &Callee);

/// Reports every call that has an effect which an open region, or the regions
/// that a function runs in, or a promise forbids; only regions of that rule.
/// Promises are sleep-in-region's.
void reportForbidden(RuleContext &C, llvm::StringRef Rule);

} // namespace airlock

#endif
