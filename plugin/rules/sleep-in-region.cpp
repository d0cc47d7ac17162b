// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// sleep-in-region: what a region or a promise forbids does not happen in it,
// through any depth of calls.
//
//   at the call                          the callee may sleep
//   ----------------------------------   ------------------------------------
//   a region is open on every path       warned
//   a region is open on some paths       quiet
//   the function promises not to         warned
//   page faults are off, and it only     quiet: the access fails instead
//   sleeps in a user page fault
//   the code asked (preemptible())       quiet, for what its callers have open
//   the callee depends on an unknown     quiet
//   flag
//   more than three guesses on the way,  advice (EffectWay::Guesses), except for a
//   or any in a whole program            promise, or a flag that the call passes

#include "rules/RegionStory.h"

namespace airlock {

void sleepInRegion(RuleContext &C) { reportForbidden(C, "sleep-in-region"); }

} // namespace airlock
