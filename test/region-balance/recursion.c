// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions that call themselves, or each other, end and are understood.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

static void walk(struct thing *t)
{
	if (!t)
		return;
	spin_lock(&t->lock);
	walk(t->next);
	spin_unlock(&t->lock);
}

void calls_walk(struct thing *t)
{
	spin_lock(&t->lock);
	walk(t->next);
	if (ready())
		return; // expected-warning {{'calls_walk' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

static void odd(struct thing *t);

static void even(struct thing *t)
{
	if (!t)
		return;
	spin_lock(&t->lock);
	odd(t->next);
	spin_unlock(&t->lock);
}

static void odd(struct thing *t)
{
	if (!t)
		return;
	rcu_read_lock();
	even(t->next);
	rcu_read_unlock();
}

void calls_even(struct thing *t)
{
	even(t);
}

static int forgets(struct thing *t)
{
	if (!t)
		return 0;
	spin_lock(&t->lock);
	if (ready())
		return forgets(t->next); // expected-remark@* {{'forgets' returns while a spinlock is held}}
	spin_unlock(&t->lock);
	return 0;
}

int calls_forgets(struct thing *t)
{
	return forgets(t);
}

// Never comes back by any path.
static void forever(struct thing *t)
{
	spin_lock(&t->lock);
	forever(t->next);
}

void calls_forever(struct thing *t)
{
	forever(t);
}
