// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// `if (err) return err;` with the lock held, where the function's other ways out let go of it: an answer that is not zero
// is a failure, whatever else the function returns. An answer that nobody asks may tell callers that they have the lock.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

int pop(struct thing *t);

static int checks(struct thing *t)
{
	if (t->flags)
		return -EINVAL;
	t->flags = 1;
	return 0;
}

static int failure_elsewhere(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	if (!t->shared) {
		spin_unlock(&t->lock);
		return -EINVAL;
	}
	err = pop(t);
	if (err)
		return err; // expected-warning {{'failure_elsewhere' returns while a spinlock is held}}
	spin_unlock(&t->lock);
	return 0;
}

static int counts_on_success(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	if (!t->shared) {
		spin_unlock(&t->lock);
		return 0;
	}
	err = checks(t);
	if (err)
		return err; // expected-warning {{'counts_on_success' returns while a spinlock is held}}
	spin_unlock(&t->lock);
	return 4;
}

static int lets_go(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	if (!t->shared) {
		spin_unlock(&t->lock);
		return -EINVAL;
	}
	err = pop(t);
	if (err) {
		spin_unlock(&t->lock);
		return err;
	}
	spin_unlock(&t->lock);
	return 0;
}

// Nobody here has asked what it is: as long as it is something, the caller has the lock.
static int held_as_long_as(struct thing *t)
{
	spin_lock(&t->lock);
	if (!t->shared) {
		spin_unlock(&t->lock);
		return -EINVAL;
	}
	return pop(t);
}

// Here it has others who may take the lock over: with what is below 0 they know that it is free.
int locked_above_zero(struct thing *t)
{
	int answer;

	spin_lock(&t->lock);
	if (!t->shared) {
		spin_unlock(&t->lock);
		return -EINVAL;
	}
	answer = pop(t);
	if (answer)
		return answer;
	spin_unlock(&t->lock);
	return 0;
}

// More than 0 means something else.
int counts_for_all(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	err = pop(t);
	if (err)
		return err; // expected-warning {{'counts_for_all' returns while a spinlock is held}}
	spin_unlock(&t->lock);
	return 4;
}

struct operations {
	int (*run)(struct thing *t);
};
const struct operations all[] = {{failure_elsewhere}, {counts_on_success}, {lets_go}, {held_as_long_as}};
