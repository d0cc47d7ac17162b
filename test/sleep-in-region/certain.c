// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Only a region that is certainly open is reported; a call that comes several ways is reported once.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct object { bool locked; unsigned int flags; int n; };
enum { TAKE_LOCK = 2 };

// Nothing relates the two conditions.
void unrelated(bool a, bool b)
{
	if (a)
		spin_lock(&lock);
	if (b)
		mutex_lock(&mutex);
	if (a)
		spin_unlock(&lock);
}

// Related, and the call is on the other side.
void other_side(bool locked, struct object *o)
{
	if (locked)
		spin_lock(&lock);
	if (!locked)
		msleep(1);
	if (locked)
		spin_unlock(&lock);
	if (o->flags & TAKE_LOCK)
		spin_lock(&lock);
	if (o->flags & TAKE_LOCK)
		spin_unlock(&lock);
	else
		msleep(1);
}

// Related, and the call is on the same side.
void same_side(bool locked)
{
	if (locked)
		spin_lock(&lock);
	if (locked)
		msleep(1); // expected-warning {{'same_side' calls 'msleep', which may sleep, while}}
	if (locked)
		spin_unlock(&lock);
}

// Open on both ways to the call.
void both_ways(bool wide, unsigned long flags)
{
	if (wide)
		spin_lock_irqsave(&lock, flags);
	else
		spin_lock(&lock);
	msleep(1); // expected-warning {{'both_ways' calls 'msleep', which may sleep, while}}
	if (wide)
		spin_unlock_irqrestore(&lock, flags);
	else
		spin_unlock(&lock);
}

// Closed on the way that sleeps; closed and opened again around it.
int drops_it(struct object *o)
{
	spin_lock(&lock);
	if (o->n == 0) {
		spin_unlock(&lock);
		msleep(1);
		return -EAGAIN;
	}
	while (o->n > 4) {
		spin_unlock(&lock);
		msleep(1);
		spin_lock(&lock);
	}
	spin_unlock(&lock);
	return 0;
}

static void drop_and_wait(void)
{
	spin_unlock(&lock);
	msleep(1);
	spin_lock(&lock);
}

// A helper that drops the caller's lock sleeps without it.
void helper_drops_it(void)
{
	spin_lock(&lock);
	drop_and_wait();
	spin_unlock(&lock);
}

// In a loop, in a condition, as an argument, in each arm: each call is one finding.
int several(struct object *o)
{
	int sum = 0;

	spin_lock(&lock);
	for (int i = 0; i < o->n; i++)
		msleep(1); // expected-warning {{'several' calls 'msleep'}}
	if (!mutex_lock_killable(&mutex)) // expected-warning {{'several' calls 'mutex_lock_killable'}}
		mutex_unlock(&mutex);
	sum += o->n ? mutex_lock_killable(&mutex) : // expected-warning {{'several' calls 'mutex_lock_killable'}}
		      mutex_lock_interruptible(&mutex); // expected-warning {{'several' calls 'mutex_lock_interruptible'}}
	kfree(kmalloc(mutex_lock_killable(&mutex), GFP_KERNEL)); // expected-warning {{'several' calls 'mutex_lock_killable'}} expected-warning {{'several' calls 'kmalloc'}}
	spin_unlock(&lock);
	return sum;
}

// Two sleeping calls in one macro are one finding, where the macro stands.
#define nap_twice(ms) do { msleep(ms); msleep(ms); } while (0)
void in_a_macro(void)
{
	spin_lock(&lock);
	nap_twice(1); // expected-warning {{'in_a_macro' calls 'msleep', which may sleep, while}}
	spin_unlock(&lock);
}

// Reached by no path.
void unreachable(void)
{
	spin_lock(&lock);
	if (0)
		msleep(1);
	if (sizeof(long) == 3)
		msleep(1);
	BUG_ON(!mutex.owner);
	spin_unlock(&lock);
}

// Not evaluated.
void not_evaluated(void)
{
	spin_lock(&lock);
	(void)sizeof(mutex_lock_killable(&mutex));
	__typeof__(mutex_lock_killable(&mutex)) n = 0;
	(void)n;
	spin_unlock(&lock);
}

// The second function is only reached with the lock held, and only the caller shows it: reported there.
static void inner(void) { msleep(1); }
static void middle(void) { inner(); }
void outer(void)
{
	spin_lock(&lock);
	middle(); // expected-warning {{'outer' calls 'middle', which may sleep, while}}
	spin_unlock(&lock);
}
