// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// However a function comes into the slot, it runs there; and a function that never does is left alone.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static struct mutex mutex;
typedef const struct mmu_notifier_range range_t;


static int designated(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex); // expected-warning {{'designated' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	return 0;
}

static const struct mmu_notifier_ops first = { .invalidate_range_start = designated };

static int positional(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex); // expected-warning {{'positional' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	return 0;
}

static const struct mmu_notifier_ops second = { NULL, NULL, NULL, NULL, positional };

static int assigned(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex); // expected-warning {{'assigned' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	return 0;
}

void assign(struct mmu_notifier_ops *ops)
{
	ops->invalidate_range_start = assigned;
}

static int by_address(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex); // expected-warning {{'by_address' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	return 0;
}

static int other_arm(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex); // expected-warning {{'other_arm' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	return 0;
}

void assign_by_address(struct mmu_notifier_ops *ops, bool other)
{
	ops->invalidate_range_start = other ? other_arm : &by_address;
}

static int in_literal(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex); // expected-warning {{'in_literal' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	return 0;
}

void assign_literal(struct mmu_notifier_ops *ops)
{
	*ops = (struct mmu_notifier_ops){ .invalidate_range_start = in_literal };
}

struct device_ops { int opens; struct mmu_notifier_ops notifier; };
static int nested(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex); // expected-warning {{'nested' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	return 0;
}

static const struct device_ops device = { .notifier.invalidate_range_start = nested };

// Not static, and defined after it was stored.
int exported(struct mmu_notifier *n, range_t *range);
static const struct mmu_notifier_ops third = { .invalidate_range_start = exported };
int exported(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex); // expected-warning {{'exported' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	return 0;
}

// In two slots, one of which lets sleep: the other one counts. Once.
static void in_two(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mutex_lock(&mutex); // expected-warning {{'in_two' calls 'mutex_lock', which may sleep, while an mmu-notifier}}
	mutex_unlock(&mutex);
}

static const struct mmu_notifier_ops fourth = {
	.invalidate_range = in_two,
	.arch_invalidate_secondary_tlbs = in_two,
};

// Stored elsewhere, or nowhere.
struct other_ops { int (*invalidate_range_start)(struct mmu_notifier *n, range_t *range); };
static int in_other(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex);
	return 0;
}

static int nowhere(struct mmu_notifier *n, range_t *range)
{
	mutex_lock(&mutex);
	return 0;
}

static const struct other_ops fifth = { .invalidate_range_start = in_other };
const void *const tables[] = { &first, &second, &device, &third, &fourth, &fifth, nowhere };

// Opening another region in the callback is that region's business as well.
static spinlock_t lock;
static void spins(struct mmu_notifier *n, range_t *range)
{
	if (!mmu_notifier_range_blockable(range))
		return;
	msleep(1);
	spin_lock(&lock);
	msleep(1); // expected-warning {{'spins' calls 'msleep', which may sleep, while a spinlock is held}}
	spin_unlock(&lock);
}

void assign_spins(struct mmu_notifier_ops *ops)
{
	ops->invalidate_range_end = spins;
}
