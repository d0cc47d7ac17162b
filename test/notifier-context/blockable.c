// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// invalidate_range_start, invalidate_range_end and the interval's invalidate may sleep where
// mmu_notifier_range_blockable() says so, and nowhere else.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct device_state { struct mmu_notifier notifier; struct mutex mutex; struct work_struct work; };
#define to_state(n) container_of(n, struct device_state, notifier)
typedef struct mmu_notifier mn;
typedef const struct mmu_notifier_range range_t;

// Not asked at all.
static int not_asked(mn *n, range_t *range)
{
	mutex_lock(&to_state(n)->mutex); // expected-warning {{'not_asked' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block}}
	mutex_unlock(&to_state(n)->mutex);
	return 0;
}

// The documented shape.
static int asks_first(mn *n, range_t *range)
{
	struct device_state *d = to_state(n);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&d->mutex);
	else if (!mutex_trylock(&d->mutex))
		return -EAGAIN;
	mutex_unlock(&d->mutex);
	return 0;
}

static int leaves_early(mn *n, range_t *range)
{
	if (!mmu_notifier_range_blockable(range))
		return -EAGAIN;
	mutex_lock(&to_state(n)->mutex);
	mutex_unlock(&to_state(n)->mutex);
	return 0;
}

static int in_a_variable(mn *n, range_t *range)
{
	bool blockable = mmu_notifier_range_blockable(range);

	if (!blockable && !mutex_trylock(&to_state(n)->mutex))
		return -EBUSY;
	if (blockable)
		mutex_lock(&to_state(n)->mutex);
	mutex_unlock(&to_state(n)->mutex);
	return 0;
}

static int with_likely(mn *n, range_t *range)
{
	if (unlikely(!mmu_notifier_range_blockable(range)))
		return -EAGAIN;
	flush_work(&to_state(n)->work);
	return 0;
}

static int only_if_needed(mn *n, range_t *range)
{
	if (range->end > 4096 && mmu_notifier_range_blockable(range))
		flush_work(&to_state(n)->work);
	return 0;
}

// On the wrong branch, or after both.
static int wrong_branch(mn *n, range_t *range)
{
	if (!mmu_notifier_range_blockable(range))
		mutex_lock(&to_state(n)->mutex); // expected-warning {{'wrong_branch' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block}}
	return 0;
}

static int after_both(mn *n, range_t *range)
{
	if (!mmu_notifier_range_blockable(range))
		printk("may not block\n");
	mutex_lock(&to_state(n)->mutex); // expected-warning {{'after_both' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block}}
	mutex_unlock(&to_state(n)->mutex);
	return 0;
}

static int either(mn *n, range_t *range)
{
	if (mmu_notifier_range_blockable(range) || range->start)
		mutex_lock(&to_state(n)->mutex); // expected-warning {{'either' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block}}
	return 0;
}

// The answer goes down as a parameter.
static int lock_state(struct device_state *d, bool blockable)
{
	if (blockable)
		mutex_lock(&d->mutex);
	else if (!mutex_trylock(&d->mutex))
		return -EAGAIN;
	return 0;
}

static int lock_deeper(int depth, bool blockable, struct device_state *d)
{
	return depth ? lock_state(d, blockable) : 0;
}

static int passes_it_on(mn *n, range_t *range)
{
	int error = lock_state(to_state(n), mmu_notifier_range_blockable(range));

	return error ?: lock_deeper(2, mmu_notifier_range_blockable(range), to_state(n));
}

static int passes_variable_on(mn *n, range_t *range)
{
	const bool blockable = mmu_notifier_range_blockable(range);

	return lock_deeper(2, blockable, to_state(n));
}

static int passes_true(mn *n, range_t *range)
{
	return lock_state(to_state(n), true); // expected-warning {{'passes_true' calls 'lock_state', which may sleep, while an mmu-notifier callback runs that may not block}}
}

static int passes_false(mn *n, range_t *range)
{
	return lock_deeper(1, false, to_state(n));
}

// The range goes down, and the helper asks.
static int ask_below(struct device_state *d, range_t *range)
{
	if (!mmu_notifier_range_blockable(range))
		return -EAGAIN;
	mutex_lock(&d->mutex);
	return 0;
}

static int do_not_ask_below(struct device_state *d, range_t *range)
{
	mutex_lock(&d->mutex);
	return range->start ? 0 : -EINVAL;
}

static int passes_range(mn *n, range_t *range)
{
	return ask_below(to_state(n), range);
}

static int passes_range_in_vain(mn *n, range_t *range)
{
	return do_not_ask_below(to_state(n), range); // expected-warning {{'passes_range_in_vain' calls 'do_not_ask_below', which may sleep, while an mmu-notifier callback runs that may not block}}
}

// Asked before the call, and so all that is below may sleep.
static int asks_for_all(mn *n, range_t *range)
{
	if (mmu_notifier_range_blockable(range))
		return do_not_ask_below(to_state(n), range);
	return -EAGAIN;
}

static void end_asks(mn *n, range_t *range)
{
	if (mmu_notifier_range_blockable(range))
		flush_work(&to_state(n)->work);
}

static void end_does_not_ask(mn *n, range_t *range)
{
	flush_work(&to_state(n)->work); // expected-warning {{'end_does_not_ask' calls 'flush_work', which may sleep, while an mmu-notifier callback runs that may not block}}
}

static const struct mmu_notifier_ops all[] = {
	{ .invalidate_range_start = not_asked, .invalidate_range_end = end_asks },
	{ .invalidate_range_start = asks_first, .invalidate_range_end = end_does_not_ask },
	{ .invalidate_range_start = leaves_early },
	{ .invalidate_range_start = in_a_variable },
	{ .invalidate_range_start = with_likely },
	{ .invalidate_range_start = only_if_needed },
	{ .invalidate_range_start = wrong_branch },
	{ .invalidate_range_start = after_both },
	{ .invalidate_range_start = either },
	{ .invalidate_range_start = passes_it_on },
	{ .invalidate_range_start = passes_variable_on },
	{ .invalidate_range_start = passes_true },
	{ .invalidate_range_start = passes_false },
	{ .invalidate_range_start = passes_range },
	{ .invalidate_range_start = passes_range_in_vain },
	{ .invalidate_range_start = asks_for_all },
};
const struct mmu_notifier_ops *const table = all;

// mm/hmm.rst: the interval notifier sleeps if it may, tries if it may not, and says false if that fails.
struct mirror { struct mmu_interval_notifier notifier; struct mutex mutex; };

static bool interval_right(struct mmu_interval_notifier *n, range_t *range, unsigned long sequence)
{
	struct mirror *m = container_of(n, struct mirror, notifier);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&m->mutex);
	else if (!mutex_trylock(&m->mutex))
		return false;
	mmu_interval_set_seq(n, sequence);
	mutex_unlock(&m->mutex);
	return true;
}

static bool interval_wrong(struct mmu_interval_notifier *n, range_t *range, unsigned long sequence)
{
	struct mirror *m = container_of(n, struct mirror, notifier);

	mutex_lock(&m->mutex); // expected-warning {{'interval_wrong' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block}}
	mmu_interval_set_seq(n, sequence);
	mutex_unlock(&m->mutex);
	return true;
}

static const struct mmu_interval_notifier_ops right = { .invalidate = interval_right };
static const struct mmu_interval_notifier_ops wrong = { .invalidate = interval_wrong };

void mirror(struct mirror *m, bool old)
{
	m->notifier.ops = old ? &wrong : &right;
}
