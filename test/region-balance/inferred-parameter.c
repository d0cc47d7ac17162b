// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Helpers that open or close only where a parameter says so: a constant decides it, or the caller's own condition.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

static void lock_if(struct thing *t, bool lock)
{
	if (lock)
		spin_lock(&t->lock);
}

static void unlock_if(struct thing *t, bool lock)
{
	if (lock)
		spin_unlock(&t->lock);
}

static void lock_unless(struct thing *t, bool locked)
{
	if (!locked)
		spin_lock(&t->lock);
}

// A pointer that may be missing.
static void lock_optional(spinlock_t *lock)
{
	if (lock)
		spin_lock(lock);
}

static void lock_if_two_levels(bool lock, struct thing *t)
{
	lock_if(t, lock);
	t->flags = 0;
}

// The parameter guards a balanced pair: nothing is left for the caller.
static void pair_if(struct thing *t, bool lock)
{
	if (lock)
		spin_lock(&t->lock);
	t->flags = 0;
	if (lock)
		spin_unlock(&t->lock);
}

void constants(struct thing *t)
{
	if (ready())
		return;
	lock_if(t, true);
	spin_unlock(&t->lock);
	lock_if(t, false);
	lock_unless(t, false);
	spin_unlock(&t->lock);
	lock_unless(t, true);
	lock_if_two_levels(true, t);
	unlock_if(t, true);
	unlock_if(t, false);
	lock_optional(NULL);
	lock_optional(&t->lock);
	spin_unlock(&t->lock);
	pair_if(t, true);
	pair_if(t, false);
}

void constant_left_open(struct thing *t)
{
	lock_if(t, true);
	if (ready())
		return; // expected-warning {{'constant_left_open' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

void two_levels_left_open(struct thing *t)
{
	lock_if_two_levels(true, t);
	if (ready())
		return; // expected-warning {{'two_levels_left_open' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

// The constant says that nothing is opened, here and then again: the second unlock is one too many.
void not_opened_again(struct thing *t)
{
	lock_if(t, true);
	spin_unlock(&t->lock);
	lock_if(t, false);
	if (ready())
		return;
	spin_unlock(&t->lock); // expected-remark {{'not_opened_again' calls 'spin_unlock', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
}

// What only ever closes may be somebody's helper.
void not_opened_at_all(struct thing *t)
{
	lock_if(t, false);
	if (ready())
		return;
	spin_unlock(&t->lock);
}

// The caller's variable goes into both.
void same_argument(struct thing *t)
{
	bool lock = ready();

	lock_if(t, lock);
	t->flags = 0;
	unlock_if(t, lock);
}

void argument_and_condition(struct thing *t)
{
	bool lock = ready();

	lock_if(t, lock);
	t->flags = 0;
	if (lock)
		spin_unlock(&t->lock);
}

void condition_and_argument(struct thing *t)
{
	bool locked = ready();

	if (!locked)
		spin_lock(&t->lock);
	t->flags = 0;
	unlock_if(t, !locked);
}

// Passed on: the callers of these decide.
static void passes_on(struct thing *t, bool lock)
{
	lock_if(t, lock);
}

void same_argument_two_levels(struct thing *t)
{
	bool lock = ready();

	passes_on(t, lock);
	unlock_if(t, lock);
}

void argument_not_closed(struct thing *t)
{
	bool lock = ready();

	lock_if(t, lock);
	t->flags = 0;
} // expected-remark {{'argument_not_closed' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

// Returned under the parameter that opened it: the condition is known, so is the state.
void returns_where_open(struct thing *t)
{
	bool lock = ready();

	lock_if(t, lock);
	if (lock)
		return; // expected-remark {{'returns_where_open' returns while a spinlock is held [airlock-region-balance]}}
	t->flags = 0;
}

// A bit of the parameter, asked by both.
static void lock_for(struct thing *t, unsigned int flags)
{
	if (flags & THING_SHARED)
		spin_lock(&t->lock);
}

static void unlock_for(struct thing *t, unsigned int flags)
{
	if (flags & THING_SHARED)
		spin_unlock(&t->lock);
}

void by_a_bit(struct thing *t, unsigned int flags)
{
	lock_for(t, flags);
	if (ready())
		t->flags = 0;
	unlock_for(t, flags);
}

int by_a_bit_left(struct thing *t, unsigned int flags)
{
	spin_lock(&t->lock);
	lock_for(t, flags);
	t->flags = 0;
	unlock_for(t, flags);
	if (ready())
		return -EINVAL; // expected-warning {{'by_a_bit_left' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return 0;
}
