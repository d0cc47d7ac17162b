// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __enters, __exits, __cond_enters and __cond_exits on functions that are only declared.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

void take(struct thing *t) __enters(spinlock);
void drop(struct thing *t) __exits(spinlock);
bool try_take(struct thing *t) __cond_enters(true, spinlock);
int take_or_fail(struct thing *t) __cond_enters(false, spinlock);
bool drop_if_last(struct thing *t) __cond_exits(true, spinlock);
int drop_unless_error(struct thing *t) __cond_exits(false, spinlock);
void take_both(struct thing *t) __enters(spinlock) __enters(rcu);
void drop_both(struct thing *t) __exits(spinlock) __exits(rcu);

// Said on any declaration, also on a later one.
void late(struct thing *t);
void late(struct thing *t) __enters(spinlock);

void pair(struct thing *t)
{
	if (ready())
		return;
	take(t);
	drop(t);
}

void left_open(struct thing *t)
{
	take(t);
	if (ready())
		return; // expected-warning {{'left_open' returns while a spinlock is held [airlock-region-balance]}}
	drop(t);
}

void closed_twice(struct thing *t)
{
	take(t);
	if (ready())
		drop(t);
	drop(t); // expected-remark {{'closed_twice' calls 'drop', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
}

// An annotated function and a modelled one speak of the same region.
void mixed(struct thing *t)
{
	if (ready())
		return;
	take(t);
	spin_unlock(&t->lock);
	spin_lock(&t->lock);
	drop(t);
}

void declared_again(struct thing *t)
{
	late(t);
	if (ready())
		return; // expected-warning {{'declared_again' returns while a spinlock is held [airlock-region-balance]}}
	drop(t);
}

int enters_on_true(struct thing *t)
{
	if (!try_take(t))
		return -EAGAIN;
	drop(t);
	return 0;
}

void enters_on_true_ignored(struct thing *t)
{
	try_take(t);
	t->flags = 0;
} // expected-remark {{'enters_on_true_ignored' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

void enters_on_true_mistaken(struct thing *t)
{
	if (try_take(t))
		return; // expected-remark {{'enters_on_true_mistaken' returns while a spinlock is held [airlock-region-balance]}}
	drop(t); // expected-remark {{'enters_on_true_mistaken' calls 'drop', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
}

int enters_on_zero(struct thing *t)
{
	int err = take_or_fail(t);

	if (err)
		return err;
	drop(t);
	return 0;
}

void enters_on_zero_mistaken(struct thing *t)
{
	if (!take_or_fail(t))
		return; // expected-remark {{'enters_on_zero_mistaken' returns while a spinlock is held [airlock-region-balance]}}
	t->flags = 0;
}

void exits_on_true(struct thing *t)
{
	take(t);
	if (drop_if_last(t))
		return;
	drop(t);
}

void exits_on_true_mistaken(struct thing *t)
{
	take(t);
	if (!drop_if_last(t))
		return; // expected-remark {{'exits_on_true_mistaken' returns while a spinlock is held [airlock-region-balance]}}
	t->flags = 0;
}

int exits_on_zero(struct thing *t)
{
	int err;

	take(t);
	err = drop_unless_error(t);
	if (err < 0)
		drop(t);
	return err;
}

void several(struct thing *t)
{
	if (ready())
		return;
	take_both(t);
	drop_both(t);
}

void several_left_open(struct thing *t)
{
	take_both(t);
	if (ready()) {
		spin_unlock(&t->lock);
		return; // expected-warning {{'several_left_open' returns while}}
	}
	drop_both(t);
}

// What an annotation says of a function, a pointer to it does not say.
void through_pointer(struct thing *t, void (*fn)(struct thing *))
{
	fn(t);
}
