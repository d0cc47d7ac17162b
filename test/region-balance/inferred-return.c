// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Helpers whose return value says what they did: no finding in them, and callers that ask are understood.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

static bool lock_if_ready(struct thing *t)
{
	if (!ready())
		return false;
	spin_lock(&t->lock);
	return true;
}

static bool lock_then_check(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		return true;
	spin_unlock(&t->lock);
	return false;
}

static bool trylock_thing(struct thing *t)
{
	return spin_trylock(&t->lock);
}

// The other way round: false when it is held.
static bool failed_to_lock(struct thing *t)
{
	return !spin_trylock(&t->lock);
}

static int lock_or_error(struct thing *t)
{
	if (!ready())
		return -EAGAIN;
	spin_lock(&t->lock);
	return 0;
}

static int lock_or_one_of_two_errors(struct thing *t)
{
	int err = -EAGAIN;

	if (!ready())
		goto out;
	err = -EBUSY;
	if (!spin_trylock(&t->lock))
		goto out;
	err = 0;
out:
	return err;
}

static struct thing *find_locked(struct thing *t)
{
	for (; t; t = t->next) {
		spin_lock(&t->lock);
		if (t->shared)
			return t;
		spin_unlock(&t->lock);
	}
	return NULL;
}

static bool unlock_if_ready(struct thing *t)
{
	if (!ready())
		return false;
	spin_unlock(&t->lock);
	return true;
}

// Its answer is a helper's answer.
static int two_levels(struct thing *t)
{
	int err = lock_or_error(t);

	if (err)
		return err;
	t->flags = 0;
	return 0;
}

static bool two_levels_as_bool(struct thing *t)
{
	return two_levels(t) == 0;
}

static bool locked_by_one_or_the_other(struct thing *t)
{
	return trylock_thing(t) || lock_if_ready(t);
}

int right(struct thing *t)
{
	int err;

	if (!lock_if_ready(t))
		return -EAGAIN;
	spin_unlock(&t->lock);

	if (lock_then_check(t))
		spin_unlock(&t->lock);

	if (trylock_thing(t)) {
		t->flags = 0;
		spin_unlock(&t->lock);
	}

	if (failed_to_lock(t))
		return -EBUSY;
	spin_unlock(&t->lock);

	err = lock_or_error(t);
	if (err)
		return err;
	spin_unlock(&t->lock);

	if (lock_or_error(t) < 0)
		return -EAGAIN;
	spin_unlock(&t->lock);

	if (lock_or_one_of_two_errors(t) == 0)
		spin_unlock(&t->lock);

	spin_lock(&t->lock);
	if (!unlock_if_ready(t))
		spin_unlock(&t->lock);

	err = two_levels(t);
	if (!err)
		spin_unlock(&t->lock);

	if (!two_levels_as_bool(t))
		return -EBUSY;
	spin_unlock(&t->lock);

	if (locked_by_one_or_the_other(t))
		spin_unlock(&t->lock);
	return 0;
}

void right_pointer(struct thing *t)
{
	t = find_locked(t);
	if (!t)
		return;
	spin_unlock(&t->lock);
}

int bool_left_open(struct thing *t)
{
	if (!lock_if_ready(t))
		return -EAGAIN;
	if (ready())
		return -EBUSY; // expected-warning {{'bool_left_open' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return 0;
}

void bool_mistaken(struct thing *t)
{
	if (lock_then_check(t))
		return; // expected-remark {{'bool_mistaken' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock); // expected-remark {{'bool_mistaken' calls 'spin_unlock', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
}

void error_mistaken(struct thing *t)
{
	if (lock_or_error(t))
		spin_unlock(&t->lock); // expected-remark {{'error_mistaken' calls 'spin_unlock', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
	else
		return; // expected-remark {{'error_mistaken' returns while a spinlock is held [airlock-region-balance]}}
}

void not_asked(struct thing *t)
{
	lock_or_error(t);
	t->flags = 0;
	spin_unlock(&t->lock); // expected-remark {{'not_asked' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
}

void pointer_left_open(struct thing *t)
{
	t = find_locked(t);
	if (!t)
		return;
	if (ready())
		return; // expected-warning {{'pointer_left_open' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

int two_levels_left_open(struct thing *t)
{
	int err = two_levels(t);

	if (err)
		return err;
	if (ready())
		return -EBUSY; // expected-warning {{'two_levels_left_open' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return 0;
}

void close_not_asked(struct thing *t)
{
	spin_lock(&t->lock);
	unlock_if_ready(t);
	t->flags = 0;
} // expected-remark {{'close_not_asked' returns while a spinlock is held, but not on every path [airlock-region-balance]}}
