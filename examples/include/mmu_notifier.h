/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * mmu_notifier.h - be told when user mappings go away.
 *
 * invalidate_range_start() may sleep only if the range says it is blockable,
 * and refuses with -EAGAIN where it would have to.  One that may refuse has no
 * invalidate_range_end(), which is called whatever the starts said.
 *
 * invalidate_range() runs under the page table lock and never sleeps.  It is
 * also what every end begins with, as long as the kernel had it; of later
 * kernels' arch_invalidate_secondary_tlbs() only the first is true.
 */
#ifndef EXAMPLES_MMU_NOTIFIER_H
#define EXAMPLES_MMU_NOTIFIER_H

#include "list.h"
#include "task.h"

#define MMU_NOTIFIER_RANGE_BLOCKABLE	0x1u

struct mmu_notifier;

struct mmu_notifier_range {
	struct mm_struct *mm;
	unsigned long start, end;	/* end is the first byte behind it */
	unsigned int flags;
};

struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *mn, struct mm_struct *mm);
	int (*invalidate_range_start)(struct mmu_notifier *mn,
				      const struct mmu_notifier_range *range);
	void (*invalidate_range_end)(struct mmu_notifier *mn,
				     const struct mmu_notifier_range *range);
	void (*invalidate_range)(struct mmu_notifier *mn, struct mm_struct *mm,
				 unsigned long start, unsigned long end);
};

struct mmu_notifier {
	struct list_head link;
	const struct mmu_notifier_ops *ops;
	struct mm_struct *mm;
};

static inline bool mmu_notifier_range_blockable(const struct mmu_notifier_range *range)
{
	return range->flags & MMU_NOTIFIER_RANGE_BLOCKABLE;
}

int mmu_notifier_register(struct mmu_notifier *mn, struct mm_struct *mm);
void mmu_notifier_unregister(struct mmu_notifier *mn, struct mm_struct *mm);

/* What memory management calls: 0, or the error of the callback that refused. */
int mmu_notifier_invalidate_range_start(const struct mmu_notifier_range *range);
void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start, unsigned long end);
void mmu_notifier_invalidate_range_end(const struct mmu_notifier_range *range);

#endif
