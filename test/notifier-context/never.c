// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Callbacks that run under the page table lock may never sleep: seed 001's mutex in invalidate_range, and its
// successors.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct device_state { struct mmu_notifier notifier; struct mutex mutex; spinlock_t lock; struct page *page; };
#define to_state(n) container_of(n, struct device_state, notifier)

// The posted shape: a mutex where the page table lock is held.
static void mutex_in_range(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct device_state *d = to_state(n);

	mutex_lock(&d->mutex); // expected-warning {{'mutex_in_range' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block}}
	d->page = NULL;
	mutex_unlock(&d->mutex);
}

// The page lock sleeps as well.
static void page_lock_in_tlbs(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct device_state *d = to_state(n);

	lock_page(d->page); // expected-warning {{'page_lock_in_tlbs' calls 'lock_page', which may sleep, while an mmu-notifier callback runs that may not block}}
	set_page_dirty(d->page);
	unlock_page(d->page);
}

// Several levels down: reported in the callback, at its call.
static void free_one(struct device_state *d)
{
	mutex_lock(&d->mutex);
	d->page = NULL;
	mutex_unlock(&d->mutex);
}

static void free_some(struct device_state *d, int n)
{
	while (n--)
		free_one(d);
}

static void free_all(struct device_state *d) { free_some(d, 3); }

static int helper_in_young(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	free_all(to_state(n)); // expected-warning {{'helper_in_young' calls 'free_all', which may sleep, while an mmu-notifier callback runs that may not block}}
	return 0;
}

static int alloc_in_clear_young(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	kfree(kmalloc(8, GFP_KERNEL)); // expected-warning {{'alloc_in_clear_young' calls 'kmalloc', which may sleep, while an mmu-notifier callback runs that may not block}}
	return 0;
}

static int user_in_test_young(struct mmu_notifier *n, struct mm_struct *mm, unsigned long at)
{
	int value = 0;

	return copy_from_user(&value, (void __user *)at, sizeof(value)); // expected-warning {{'user_in_test_young' calls 'copy_from_user', which may sleep in a user page fault, while an mmu-notifier callback runs that may not block}}
}

static const struct mmu_notifier_ops posted = {
	.invalidate_range = mutex_in_range,
	.arch_invalidate_secondary_tlbs = page_lock_in_tlbs,
	.clear_flush_young = helper_in_young,
	.clear_young = alloc_in_clear_young,
	.test_young = user_in_test_young,
};

// What may be done there: spin, try, allocate atomically, mark a page dirty without its lock.
static void spin_in_range(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct device_state *d = to_state(n);

	spin_lock(&d->lock);
	set_page_dirty(d->page);
	d->page = NULL;
	spin_unlock(&d->lock);
	kfree(kmalloc(8, GFP_NOWAIT));
}

static int try_in_young(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct device_state *d = to_state(n);

	if (!mutex_trylock(&d->mutex))
		return 0;
	d->page = NULL;
	mutex_unlock(&d->mutex);
	return 1;
}

// The last call before the address space goes may sleep.
static void sleep_in_release(struct mmu_notifier *n, struct mm_struct *mm)
{
	free_all(to_state(n));
	synchronize_rcu();
}

static const struct mmu_notifier_ops fixed = {
	.release = sleep_in_release,
	.invalidate_range = spin_in_range,
	.arch_invalidate_secondary_tlbs = spin_in_range,
	.clear_flush_young = try_in_young,
};

void start(struct device_state *d, struct mm_struct *mm, bool old)
{
	d->notifier.ops = old ? &posted : &fixed;
	mmu_notifier_register(&d->notifier, mm);
}

// The same functions elsewhere are nobody's callback.
void flush(struct device_state *d)
{
	free_all(d);
}
