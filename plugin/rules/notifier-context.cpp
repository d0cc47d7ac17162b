// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// notifier-context: functions that a model finds in a slot run in a region
// from their first line on; so do the callbacks of mmu notifiers. What they
// may not do there is sleep-in-region's logic; the story is where they are
// stored. A branch on which mmu_notifier_range_blockable() is known to be true
// is free.

#include "rules/RegionStory.h"

namespace airlock {

void notifierContext(RuleContext &C) { reportForbidden(C, "notifier-context"); }

} // namespace airlock
