// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The notifiers of the memory manager, with the callback of older kernels, invalidate_range, among them.
#ifndef API_NOTIFIER_H
#define API_NOTIFIER_H

#include "api-locks.h"

#define MMU_NOTIFIER_RANGE_BLOCKABLE (1 << 0)
struct mmu_notifier_range {
	struct mm_struct *mm;
	unsigned long start, end;
	unsigned int flags;
};

struct mmu_notifier;
struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *subscription, struct mm_struct *mm);
	int (*clear_flush_young)(struct mmu_notifier *subscription, struct mm_struct *mm, unsigned long start,
				 unsigned long end);
	int (*clear_young)(struct mmu_notifier *subscription, struct mm_struct *mm, unsigned long start,
			   unsigned long end);
	int (*test_young)(struct mmu_notifier *subscription, struct mm_struct *mm, unsigned long at);
	int (*invalidate_range_start)(struct mmu_notifier *subscription, const struct mmu_notifier_range *range);
	void (*invalidate_range_end)(struct mmu_notifier *subscription, const struct mmu_notifier_range *range);
	void (*invalidate_range)(struct mmu_notifier *subscription, struct mm_struct *mm, unsigned long start,
				 unsigned long end);
	void (*arch_invalidate_secondary_tlbs)(struct mmu_notifier *subscription, struct mm_struct *mm,
					       unsigned long start, unsigned long end);
};
struct mmu_notifier { const struct mmu_notifier_ops *ops; };

struct mmu_interval_notifier;
struct mmu_interval_notifier_ops {
	bool (*invalidate)(struct mmu_interval_notifier *subscription, const struct mmu_notifier_range *range,
			   unsigned long sequence);
};
struct mmu_interval_notifier {
	const struct mmu_interval_notifier_ops *ops;
	unsigned long invalidate_seq;
};

#ifdef NO_BODIES
bool mmu_notifier_range_blockable(const struct mmu_notifier_range *range);
#else
static inline bool mmu_notifier_range_blockable(const struct mmu_notifier_range *range)
{
	return (range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE);
}
#endif
int mmu_notifier_register(struct mmu_notifier *subscription, struct mm_struct *mm);
void mmu_interval_set_seq(struct mmu_interval_notifier *subscription, unsigned long sequence);

#endif
