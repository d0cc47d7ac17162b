// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A function that returns with the lock on one answer, before the place where it lets go of it on the others: meant, if
// a caller lets go of it, or may; a mistake if all callers are known and none does.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

struct ops {
	bool (*start)(struct thing *t);
};

static bool forgets(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return false; // expected-warning {{'forgets' returns while a spinlock is held [airlock-region-balance]}}
	t->flags = 0;
	spin_unlock(&t->lock);
	return true;
}

static struct thing *forgets_on_null(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return NULL; // expected-warning {{'forgets_on_null' returns while a spinlock is held}}
	spin_unlock(&t->lock);
	return t;
}

static int forgets_on_error(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	err = random_number();
	if (err)
		return err; // expected-warning {{'forgets_on_error' returns while a spinlock is held}}
	spin_unlock(&t->lock);
	return 0;
}

static int forgets_on_one(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return 1; // expected-warning {{'forgets_on_one' returns while a spinlock is held}}
	spin_unlock(&t->lock);
	return 0;
}

int nobody_lets_go(struct thing *t)
{
	if (!forgets(t) || !forgets_on_null(t))
		return -EINVAL;
	return forgets_on_error(t) + forgets_on_one(t);
}

// Who calls through a table knows nothing of a lock.
static bool from_a_table(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return false; // expected-warning {{'from_a_table' returns while a spinlock is held}}
	spin_unlock(&t->lock);
	return true;
}

const struct ops table = { .start = from_a_table };

// The caller does what is left to do.
static bool done_already(struct thing *t)
{
	spin_lock(&t->lock);
	if (!t->shared)
		return false;
	spin_unlock(&t->lock);
	return true;
}

void lets_go(struct thing *t)
{
	if (done_already(t))
		return;
	t->flags = 0;
	spin_unlock(&t->lock);
}

static bool handed_on(struct thing *t)
{
	spin_lock(&t->lock);
	if (!t->shared)
		return false;
	spin_unlock(&t->lock);
	return true;
}

static bool hands_on(struct thing *t)
{
	return handed_on(t);
}

void lets_go_of_it(struct thing *t)
{
	if (!hands_on(t))
		spin_unlock(&t->lock);
}

void finish(struct thing *t); // nobody knows what it does

static bool to_be_finished(struct thing *t)
{
	spin_lock(&t->lock);
	if (!t->shared)
		return false;
	spin_unlock(&t->lock);
	return true;
}

void lets_others_finish(struct thing *t)
{
	if (!to_be_finished(t))
		finish(t);
}

// Others may call it.
bool of_other_files(struct thing *t)
{
	spin_lock(&t->lock);
	if (!t->shared)
		return false;
	spin_unlock(&t->lock);
	return true;
}

// One of two callers' locks is let go of.
static bool one_or_other(struct thing *t)
{
	spin_lock(&t->lock);
	if (!t->shared)
		return false;
	spin_unlock(&t->lock);
	return true;
}

void lets_go_of_either(struct thing *t, bool plain)
{
	if (plain)
		spin_lock(&t->lock);
	else if (one_or_other(t))
		return;
	spin_unlock(&t->lock);
}

// Held on success, as its callers expect.
static bool trylock(struct thing *t)
{
	spin_lock(&t->lock);
	if (!t->shared) {
		spin_unlock(&t->lock);
		return false;
	}
	return true;
}

void tries(struct thing *t)
{
	if (trylock(t))
		spin_unlock(&t->lock);
}
