// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions that open and close: the whole texts, and which return is at fault.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

void balanced(struct thing *t)
{
	spin_lock(&t->lock);
	t->flags = 0;
	spin_unlock(&t->lock);
}

// The return that leaves it open is at fault, not the others.
void early_return(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		return; // expected-warning {{'early_return' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

// The end of the body is a return, too.
void at_the_end(struct thing *t)
{
	if (ready())
		return;
	spin_lock(&t->lock);
} // expected-remark {{'at_the_end' returns while a spinlock is held [airlock-region-balance]}}

// Paths meet before the return.
void maybe_at_return(struct thing *t)
{
	if (ready())
		spin_lock(&t->lock);
	t->flags = 0;
	return; // expected-remark {{'maybe_at_return' returns while a spinlock is held, but not on every path [airlock-region-balance]}}
}

void closed_twice(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready()) {
		spin_unlock(&t->lock);
		spin_unlock(&t->lock); // expected-remark {{'closed_twice' calls 'spin_unlock', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
		return;
	}
	spin_unlock(&t->lock);
}

void maybe_closed_twice(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		spin_unlock(&t->lock);
	spin_unlock(&t->lock); // expected-remark {{'maybe_closed_twice' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
}

void opened_on_one_path(struct thing *t)
{
	if (ready())
		spin_lock(&t->lock);
	t->flags = 0;
	spin_unlock(&t->lock); // expected-remark {{'opened_on_one_path' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
}

// Two locks of one region are two levels of it, in either order of release.
void two_locks(struct thing *a, struct thing *b)
{
	spin_lock(&a->lock);
	spin_lock(&b->lock);
	spin_unlock(&a->lock);
	spin_unlock(&b->lock);
}

void one_of_two(struct thing *a, struct thing *b)
{
	spin_lock(&a->lock);
	spin_lock(&b->lock);
	spin_unlock(&b->lock);
	if (ready())
		return; // expected-warning {{'one_of_two' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&a->lock);
}

// Regions of different kinds do not close each other.
void crossed(struct thing *t)
{
	rcu_read_lock();
	spin_lock(&t->lock);
	rcu_read_unlock();
	spin_unlock(&t->lock);
}

void other_region_left(struct thing *t)
{
	rcu_read_lock();
	spin_lock(&t->lock);
	if (ready()) {
		spin_unlock(&t->lock);
		return; // expected-warning {{'other_region_left' returns while}}
	}
	spin_unlock(&t->lock);
	rcu_read_unlock();
}

// Dropped and taken again on every path.
void dropped_for_a_while(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready()) {
		spin_unlock(&t->lock);
		work(t);
		spin_lock(&t->lock);
	}
	spin_unlock(&t->lock);
}

// A declaration, a pointer to the function and sizeof do not open anything.
unsigned long not_called(struct thing *t)
{
	void (*lock)(spinlock_t *) = spin_lock;

	return sizeof(spin_trylock(&t->lock)) + (lock != NULL);
}
