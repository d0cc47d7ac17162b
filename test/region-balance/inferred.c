// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a helper does to a region is read from its body: callers see it, and the helper itself is no mistake.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

static void lock_thing(struct thing *t)
{
	spin_lock(&t->lock);
	t->flags = 0;
}

static void unlock_thing(struct thing *t)
{
	t->flags = 0;
	spin_unlock(&t->lock);
}

// Whoever the callers are: exported is as good as static.
void exported_lock(struct thing *t)
{
	spin_lock(&t->lock);
}

void exported_unlock(struct thing *t)
{
	spin_unlock(&t->lock);
}

static inline void inline_lock(struct thing *t)
{
	spin_lock(&t->lock);
}

// Open on every path, by different ways.
static void lock_on_each_path(struct thing *t)
{
	if (ready()) {
		spin_lock(&t->lock);
		return;
	}
	while (!spin_trylock(&t->lock))
		cpu_relax();
}

static void two_levels(struct thing *t)
{
	lock_thing(t);
}

static void three_levels(struct thing *t)
{
	if (ready())
		two_levels(t);
	else
		inline_lock(t);
}

static void lock_both(struct thing *a, struct thing *b)
{
	spin_lock(&a->lock);
	spin_lock(&b->lock);
}

static void unlock_both(struct thing *a, struct thing *b)
{
	unlock_thing(b);
	unlock_thing(a);
}

static void relock(struct thing *t)
{
	spin_unlock(&t->lock);
	cpu_relax();
	spin_lock(&t->lock);
}

// Defined after its first use.
static void defined_later(struct thing *t);

void right(struct thing *t)
{
	if (ready())
		return;
	lock_thing(t);
	unlock_thing(t);
	exported_lock(t);
	exported_unlock(t);
	inline_lock(t);
	spin_unlock(&t->lock);
	lock_on_each_path(t);
	spin_unlock(&t->lock);
	two_levels(t);
	unlock_thing(t);
	three_levels(t);
	relock(t);
	unlock_thing(t);
	lock_both(t, t->next);
	unlock_both(t, t->next);
	defined_later(t);
	unlock_thing(t);
}

void left_open(struct thing *t)
{
	lock_thing(t);
	if (ready())
		return; // expected-warning {{'left_open' returns while a spinlock is held [airlock-region-balance]}}
	unlock_thing(t);
}

void exported_left_open(struct thing *t)
{
	exported_lock(t);
	if (ready())
		return; // expected-warning {{'exported_left_open' returns while a spinlock is held [airlock-region-balance]}}
	exported_unlock(t);
}

void each_path_left_open(struct thing *t)
{
	lock_on_each_path(t);
	if (ready())
		return; // expected-warning {{'each_path_left_open' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

void three_levels_left_open(struct thing *t)
{
	three_levels(t);
	if (ready())
		return; // expected-warning {{'three_levels_left_open' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

void one_of_two_left_open(struct thing *t)
{
	lock_both(t, t->next);
	unlock_thing(t->next);
	if (ready())
		return; // expected-warning {{'one_of_two_left_open' returns while a spinlock is held [airlock-region-balance]}}
	unlock_thing(t);
}

void closed_by_helper_twice(struct thing *t)
{
	lock_thing(t);
	if (ready())
		unlock_thing(t);
	unlock_thing(t); // expected-remark {{'closed_by_helper_twice' calls 'unlock_thing', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
}

void relock_left_open(struct thing *t)
{
	spin_lock(&t->lock);
	relock(t);
	if (ready())
		return; // expected-warning {{'relock_left_open' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

void later_left_open(struct thing *t)
{
	defined_later(t);
	if (ready())
		return; // expected-warning {{'later_left_open' returns while a spinlock is held [airlock-region-balance]}}
	unlock_thing(t);
}

static void defined_later(struct thing *t)
{
	spin_lock(&t->lock);
}

// A helper that may open it, and says neither when nor whether, is the mistake.
static void sometimes(struct thing *t)
{
	if (ready())
		spin_lock(&t->lock);
} // expected-remark {{'sometimes' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

// Its callers are not accused as well.
void calls_sometimes(struct thing *t)
{
	sometimes(t);
}

// A function that nobody can look into leaves the regions as they are.
void unknown(struct thing *t)
{
	spin_lock(&t->lock);
	work(t);
	if (ready())
		return; // expected-warning {{'unknown' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}
