// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A way out that passes by the unlock which the other ways take, with nothing to tell callers so. A goto to where no more
// is done than to return is a way out of its own.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

void early(struct thing *t)
{
	rcu_read_lock();
	if (!t->shared)
		return; // expected-warning {{'early' returns while an RCU read lock is held [airlock-region-balance]}}
	t->flags = 0;
	rcu_read_unlock();
}

int jumps(struct thing *t)
{
	int err = -EINVAL;

	spin_lock(&t->lock);
	if (!ready())
		goto out; // expected-warning {{'jumps' returns while a spinlock is held [airlock-region-balance]}}
	if (!t->shared)
		goto unlock;
	err = 0;
unlock:
	spin_unlock(&t->lock);
out:
	return err;
}

void jumps_to_the_end(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		goto out; // expected-warning {{'jumps_to_the_end' returns while a spinlock is held}}
	t->flags = 0;
	spin_unlock(&t->lock);
out:
	;
}

// What follows from it is not told again.
void goes_on(struct thing *t)
{
	early(t);
	rcu_read_lock();
	rcu_read_unlock();
}

// The last one to be called may be who unlocks.
void unlock_later(struct thing *t);

void leaves_it_to_another(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready()) {
		unlock_later(t);
		return;
	}
	t->flags = 0;
	spin_unlock(&t->lock);
}

// What is stored tells the caller.
int finds(struct thing *t, struct thing **result)
{
	spin_lock(&t->lock);
	if (t->shared) {
		*result = t;
		return 0;
	}
	*result = NULL;
	spin_unlock(&t->lock);
	return 0;
}

struct walk {
	bool locked;
	struct thing *at;
};

void walks(struct walk *w, struct thing *t)
{
	spin_lock(&t->lock);
	if (t->shared) {
		w->locked = true;
		return;
	}
	spin_unlock(&t->lock);
	w->locked = false;
}

// An iterator holds the lock as long as it finds something.
struct thing *first(struct thing *all)
{
	struct thing *t;

	rcu_read_lock();
	for (t = all->next; t != all; t = t->next)
		if (t->shared)
			return t;
	rcu_read_unlock();
	return NULL;
}

// Held at the end, dropped on the way: it is what the function is for.
void found(struct thing *t, struct thing **result)
{
	spin_lock(&t->lock);
	if (!t->shared) {
		spin_unlock(&t->lock);
		return;
	}
	*result = t;
}

// On some paths to the return it is not held: whoever set the flag knows.
void asks_first(struct thing *t)
{
	if (t->shared)
		spin_lock(&t->lock);
	if (ready())
		return;
	if (t->shared)
		spin_unlock(&t->lock);
}
