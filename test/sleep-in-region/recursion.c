// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions that call themselves and each other.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct tree { struct tree *left, *right; int value; };

static int walk(struct tree *t)
{
	int sum;

	if (!t)
		return 0;
	sum = walk(t->left) + walk(t->right);
	mutex_lock(&mutex);
	sum += t->value;
	mutex_unlock(&mutex);
	return sum;
}

static int quick_walk(struct tree *t)
{
	return t ? quick_walk(t->left) + quick_walk(t->right) + t->value : 0;
}

static int even(int n);
static int odd(int n) { return n ? even(n - 1) : 0; }
static int even(int n)
{
	if (n == 100)
		msleep(1);
	return n ? odd(n - 1) : 1;
}

static int quick_even(int n);
static int quick_odd(int n) { return n ? quick_even(n - 1) : 0; }
static int quick_even(int n) { return n ? quick_odd(n - 1) : 1; }

void cycles(struct tree *t)
{
	spin_lock(&lock);
	walk(t); // expected-warning {{'cycles' calls 'walk', which may sleep, while}}
	quick_walk(t);
	odd(3); // expected-warning {{'cycles' calls 'odd', which may sleep, while}}
	even(3); // expected-warning {{'cycles' calls 'even', which may sleep, while}}
	quick_odd(3);
	quick_even(3);
	spin_unlock(&lock);
}

// Conditions survive the cycle.
static struct tree *copy(struct tree *t, gfp_t flags);
static struct tree *copy_child(int n, gfp_t flags, struct tree *t) { return n ? copy(t, flags) : NULL; }
static struct tree *copy(struct tree *t, gfp_t flags)
{
	struct tree *c = kmalloc(sizeof(*c), flags);

	if (!c || !t)
		return NULL;
	c->left = copy_child(1, flags, t->left);
	c->right = copy_child(1, flags | __GFP_NOWARN, t->right);
	return c;
}

// Turned round in the cycle: one of the two calls sleeps whatever the caller says.
static int alternate(int n, bool can_sleep)
{
	if (can_sleep)
		mutex_lock(&mutex);
	return n ? alternate(n - 1, !can_sleep) : 0;
}

static int same(int n, bool can_sleep)
{
	if (can_sleep)
		mutex_lock(&mutex);
	return n ? same(n - 1, can_sleep) : 0;
}

void conditions(struct tree *t)
{
	spin_lock(&lock);
	copy(t, GFP_KERNEL); // expected-warning {{'conditions' calls 'copy', which may sleep, while}}
	copy(t, GFP_ATOMIC);
	copy_child(2, GFP_NOFS, t); // expected-warning {{'conditions' calls 'copy_child', which may sleep, while}}
	copy_child(2, GFP_NOWAIT, t);
	alternate(3, true); // expected-warning {{'conditions' calls 'alternate', which may sleep, while}}
	alternate(3, false); // expected-warning {{'conditions' calls 'alternate', which may sleep, while}}
	same(3, true); // expected-warning {{'conditions' calls 'same', which may sleep, while}}
	same(3, false);
	spin_unlock(&lock);
}

// The region is open while the function calls itself.
static int locked_walk(struct tree *t)
{
	int sum = 0;

	if (!t)
		return 0;
	spin_lock(&lock);
	sum = locked_walk(t->left);
	spin_unlock(&lock);
	return sum;
}

static int locked_sleepy_walk(struct tree *t)
{
	int sum = 0;

	if (!t)
		return 0;
	msleep(1);
	spin_lock(&lock);
	sum = locked_sleepy_walk(t->left); // expected-warning {{'locked_sleepy_walk' calls 'locked_sleepy_walk', which may sleep, while}}
	spin_unlock(&lock);
	return sum;
}

int start(struct tree *t) { return locked_walk(t) + locked_sleepy_walk(t); }
