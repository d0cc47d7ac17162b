// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* mmu_notifier.c - the notifiers of an address space, called in the order they came. */
#include "mmu_notifier.h"

int mmu_notifier_register(struct mmu_notifier *mn, struct mm_struct *mm)
{
	if (!mm || !mn->ops)
		return -EINVAL;
	mn->mm = mm;
	list_add_tail(&mn->link, &mm->notifiers);
	return 0;
}

void mmu_notifier_unregister(struct mmu_notifier *mn, struct mm_struct *mm)
{
	list_del(&mn->link);
	if (mn->ops->release)
		mn->ops->release(mn, mm);
	mn->mm = NULL;
}

int mmu_notifier_invalidate_range_start(const struct mmu_notifier_range *range)
{
	bool blockable = mmu_notifier_range_blockable(range);
	struct mmu_notifier *mn;
	int err = 0;

	if (!blockable)
		preempt_disable();
	/* Everybody hears of it: the ends are called whatever the starts said. */
	list_for_each_entry(mn, &range->mm->notifiers, link) {
		int ret = 0;

		if (mn->ops->invalidate_range_start)
			ret = mn->ops->invalidate_range_start(mn, range);
		if (!ret)
			continue;
		WARN_ON(blockable);
		WARN_ON(mn->ops->invalidate_range_end);
		err = ret;
	}
	if (!blockable)
		preempt_enable();
	return err;
}

void mmu_notifier_invalidate_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct mmu_notifier *mn;

	preempt_disable();
	list_for_each_entry(mn, &mm->notifiers, link)
		if (mn->ops->invalidate_range)
			mn->ops->invalidate_range(mn, mm, start, end);
	preempt_enable();
}

void mmu_notifier_invalidate_range_end(const struct mmu_notifier_range *range)
{
	struct mmu_notifier *mn;

	mmu_notifier_invalidate_range(range->mm, range->start, range->end);
	list_for_each_entry(mn, &range->mm->notifiers, link)
		if (mn->ops->invalidate_range_end)
			mn->ops->invalidate_range_end(mn, range);
}
