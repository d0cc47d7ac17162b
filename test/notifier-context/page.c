// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=notifier-context -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
struct ring { struct mutex mutex; struct mmu_notifier notifier; };
void ring_unmap(struct ring *r, unsigned long start, unsigned long end);

// page: wrong
static void ring_invalidate_range(struct mmu_notifier *mn, struct mm_struct *mm,
				  unsigned long start, unsigned long end)
{
	struct ring *r = container_of(mn, struct ring, notifier);

	mutex_lock(&r->mutex); // expected-warning {{'ring_invalidate_range' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block [airlock-notifier-context]}}
	ring_unmap(r, start, end);
	mutex_unlock(&r->mutex);
}

static const struct mmu_notifier_ops never_ops = {
	.invalidate_range = ring_invalidate_range, // expected-note {{'ring_invalidate_range' is stored in 'mmu_notifier_ops.invalidate_range' here}}
};
// page: end
// expected-note@api-notifier.h:* {{functions in 'mmu_notifier_ops.invalidate_range' run while an mmu-notifier callback runs that may not block}}
// expected-note@api-locks.h:* {{'mutex_lock' may sleep}}

// page: right
static int ring_invalidate_start(struct mmu_notifier *mn, const struct mmu_notifier_range *range)
{
	struct ring *r = container_of(mn, struct ring, notifier);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&r->mutex);
	else if (!mutex_trylock(&r->mutex))
		return -EAGAIN;
	ring_unmap(r, range->start, range->end);
	mutex_unlock(&r->mutex);
	return 0;
}

static const struct mmu_notifier_ops ring_ops = {
	.invalidate_range_start = ring_invalidate_start,
};
// page: end

const struct mmu_notifier_ops *all[] = { &never_ops, &ring_ops };
