// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is advice: an imbalance that nobody takes over, and not code that hands locks about.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-model=%S/Inputs/tables.json \
// RUN:   -fplugin-arg-airlock-advice -fplugin-arg-airlock-only=region-balance -I %S/../traps/Inputs %s 2>&1 \
// RUN:   | FileCheck %s --implicit-check-not=warning: --implicit-check-not=remark:
#include "kernel-api.h"

static spinlock_t lock;
int changes(void);
struct thing { int state; spinlock_t lock; };

/* Two conditions that agree, for a reason that is elsewhere: each problem says that the other is none. */
void agree(struct thing *t)
{
	if (t->state & 1)
		spin_lock(&lock);
	changes();
	if (t->state & 2)
		spin_unlock(&lock);
}

/* Who calls it is elsewhere, and may know from the state that the lock is held. */
void lock_if(struct thing *t)
{
	if (t->state & 1)
		spin_lock(&t->lock);
}

/* The caller unlocks. */
static void lock_here(struct thing *t)
{
	if (t->state & 1)
		spin_lock(&t->lock);
}
void uses_lock_here(struct thing *t)
{
	lock_here(t);
	if (changes())
		spin_unlock(&t->lock);
}

/* None of its callers does, and it has no others. */
static void lock_for_nobody(struct thing *t)
{
	if (t->state & 1)
		spin_lock(&t->lock);
}
// CHECK: advice.c:[[@LINE-1]]:1: remark: 'lock_for_nobody' returns while a spinlock is held, but not on every path
void uses_lock_for_nobody(struct thing *t)
{
	lock_for_nobody(t);
	changes();
}

/* It lets go of its caller's lock for a while, and does not take it again if the state is another one. */
static int let_go(struct thing *t)
{
	spin_unlock(&t->lock);
	changes();
	if (t->state & 1)
		return 1;
	spin_lock(&t->lock);
	return t->state;
}
void uses_let_go(struct thing *t)
{
	spin_lock(&t->lock);
	if (let_go(t))
		return;
	spin_unlock(&t->lock);
}

/* The same of a lock that nobody holds: who calls through a table knows nothing of it. */
static int let_go_of_nothing(struct thing *t)
{
	spin_unlock(&t->lock);
// CHECK: advice.c:[[@LINE-1]]:2: remark: 'let_go_of_nothing' calls 'spin_unlock', which closes region 'spinlock', but it is not open
	changes();
	if (t->state & 1)
		return 1;
	spin_lock(&t->lock);
	return t->state;
}
static void *uses_let_go_of_nothing(struct thing *t)
{
	if (let_go_of_nothing(t))
		changes();
	return t;
}
struct other_ops { void *(*start)(struct thing *); };
const struct other_ops nothing = { .start = uses_let_go_of_nothing };

/* An unlock too many: on one way to it, nothing is held any more. */
int twice(struct thing *t)
{
	int ret = 0;

	spin_lock(&t->lock);
	if (t->state & 1) {
		spin_unlock(&t->lock);
		ret = changes();
		goto out;
	}
	t->state = 0;
out:
	spin_unlock(&t->lock);
// CHECK: advice.c:[[@LINE-1]]:2: remark: 'twice' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path
	return ret;
}

/* What one function of a table leaves open, another one closes, if the model says so of the table. */
struct walk_ops { void *(*start)(struct thing *); void (*stop)(struct thing *); };

static void *find_first(struct thing *t)
{
	spin_lock(&t->lock);
	if (t->state & 1)
		return t;
	spin_unlock(&t->lock);
	return changes() ? t : 0;
}
static void *walk_start(struct thing *t) { return find_first(t); }
static void walk_stop(struct thing *t)
{
	if (t->state & 1)
		spin_unlock(&t->lock);
}
const struct walk_ops walk = { .start = walk_start, .stop = walk_stop };

static void *other_start(struct thing *t)
{
	if (t->state & 1)
		spin_lock(&t->lock);
	return t;
}
// CHECK: advice.c:[[@LINE-2]]:2: remark: 'other_start' returns while a spinlock is held, but not on every path
const struct other_ops other = { .start = other_start };

