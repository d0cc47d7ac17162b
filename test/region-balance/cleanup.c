// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __attribute__((cleanup)) closes at each end of the scope: guards, guards of a trylock, and loops that are a scope.
// RUN: %airlock_cc -std=gnu11 -Wno-unused -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/guards.h"

// Without a first return that is outside the guard, a guard that was not understood would pass for a lock function.
int every_way_out(struct thing *t)
{
	if (!ready())
		return -EAGAIN;
	guard(thing)(t);
	if (t->shared)
		return -EBUSY;
	t->flags = 0;
	return 0;
}

int in_a_structure(struct thing *t)
{
	if (!ready())
		return -EAGAIN;
	guard(spinlock)(&t->lock);
	if (t->shared)
		return -EBUSY;
	return 0;
}

int without_a_lock(struct thing *t)
{
	if (!ready())
		return -EAGAIN;
	guard(rcu)();
	return t->flags;
}

void in_a_loop(struct thing *t)
{
	for (; t; t = t->next) {
		guard(spinlock)(&t->lock);
		if (t->shared)
			continue;
		if (t->flags == 1)
			break;
		if (t->flags == 2)
			return;
		t->flags = 0;
	}
}

void in_a_block(struct thing *t)
{
	if (ready()) {
		guard(spinlock)(&t->lock);
		t->flags = 0;
	}
	if (ready())
		return;
	t->flags = 1;
}

void two(struct thing *a, struct thing *b)
{
	if (ready())
		return;
	guard(spinlock)(&a->lock);
	guard(spinlock)(&b->lock);
	if (ready())
		return;
	a->flags = b->flags;
}

void jumps_out(struct thing *t)
{
	{
		guard(spinlock)(&t->lock);
		if (ready())
			goto out;
		t->flags = 0;
	}
	t->flags = 1;
out:
	t->flags = 2;
}

int tried(struct thing *t)
{
	if (ready())
		return 0;
	CLASS(thing_try, scope)(t);
	if (!scope)
		return -EBUSY;
	t->flags = 0;
	return 0;
}

int tried_in_a_structure(struct thing *t)
{
	if (ready())
		return 0;
	CLASS(spinlock_try, scope)(&t->lock);
	if (!scope.lock)
		return -EBUSY;
	t->flags = 0;
	return 0;
}

int scoped(struct thing *t)
{
	if (ready())
		return 0;
	scoped_guard(spinlock, &t->lock) {
		if (t->shared)
			return -EBUSY;
		if (t->flags)
			break;
		t->flags = 0;
	}
	t->flags = 1;
	return 0;
}

int scoped_by_variable(struct thing *t)
{
	if (ready())
		return 0;
	scoped_guard_by_variable(spinlock, &t->lock) {
		if (t->shared)
			return -EBUSY;
		t->flags = 0;
	}
	t->flags = 1;
	return 0;
}

int scoped_try(struct thing *t)
{
	if (ready())
		return 0;
	scoped_guard(spinlock_try, &t->lock) {
		t->flags = 0;
		return 0;
	}
	return -EBUSY;
}

// A lock in the guarded scope is not the guard's business.
void forgotten_beside_a_guard(struct thing *a, struct thing *b)
{
	if (ready())
		return;
	guard(spinlock)(&a->lock);
	spin_lock(&b->lock);
	if (ready())
		return; // expected-warning {{'forgotten_beside_a_guard' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&b->lock);
}

void scoped_forgotten(struct thing *a, struct thing *b)
{
	scoped_guard(spinlock, &a->lock) {
		spin_lock(&b->lock);
		if (ready())
			return; // expected-warning {{'scoped_forgotten' returns while a spinlock is held [airlock-region-balance]}}
		spin_unlock(&b->lock);
	}
}

// Closed by hand, then by the guard.
void closed_by_both(struct thing *t)
{
	if (ready())
		return;
	guard(spinlock)(&t->lock); // expected-remark@* {{'closed_by_both' calls 'class_spinlock_destructor', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

// Memory that the end of the scope frees has nothing to do with it.
void free_thing(struct thing **t);
struct thing *new_thing(void);

int other_cleanup(struct thing *t)
{
	struct thing *copy __cleanup(free_thing) = new_thing();

	spin_lock(&t->lock);
	if (!copy)
		return -EINVAL; // expected-warning {{'other_cleanup' returns while a spinlock is held [airlock-region-balance]}}
	*copy = *t;
	spin_unlock(&t->lock);
	return 0;
}

// A cleanup function that the variable calls directly.
void unlock_variable(spinlock_t **lock) __exits(spinlock);

void by_hand(struct thing *t)
{
	if (ready())
		return;
	spin_lock(&t->lock);
	spinlock_t *lock __cleanup(unlock_variable) = &t->lock;
	t->flags = 0;
}
