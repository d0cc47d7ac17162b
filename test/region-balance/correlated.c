// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same condition opens and closes: no noise, whatever it is made of, as long as nothing changes it in between.
// expected-no-diagnostics
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

static inline bool thing_is_shared(const struct thing *t)
{
	return t->flags & THING_SHARED;
}

void parameter(struct thing *t, bool lock)
{
	if (lock)
		spin_lock(&t->lock);
	t->flags = 0;
	if (lock)
		spin_unlock(&t->lock);
}

void pointer_parameter(struct thing *t, spinlock_t *lock)
{
	if (lock)
		spin_lock(lock);
	t->flags = 0;
	if (lock)
		spin_unlock(lock);
}

void local(struct thing *t)
{
	bool lock = ready();

	if (lock)
		spin_lock(&t->lock);
	t->flags = 0;
	if (lock)
		spin_unlock(&t->lock);
}

void negated(struct thing *t, bool locked)
{
	if (!locked)
		spin_lock(&t->lock);
	t->flags = 0;
	if (!locked)
		spin_unlock(&t->lock);
}

void other_form(struct thing *t, int n)
{
	if (n)
		spin_lock(&t->lock);
	t->flags = 0;
	if (n == 0)
		return;
	spin_unlock(&t->lock);
}

void else_arm(struct thing *t, bool atomic)
{
	if (atomic)
		spin_lock(&t->lock);
	else
		rcu_read_lock();
	t->flags = 0;
	if (!atomic)
		rcu_read_unlock();
	else
		spin_unlock(&t->lock);
}

void field(struct thing *t)
{
	if (t->shared)
		spin_lock(&t->lock);
	t->flags = 0;
	if (t->shared)
		spin_unlock(&t->lock);
}

void mask(struct thing *t, unsigned int flags)
{
	if (flags & THING_SHARED)
		spin_lock(&t->lock);
	t->flags = 0;
	if (flags & THING_SHARED)
		spin_unlock(&t->lock);
}

void mask_and_other_mask(struct thing *t, unsigned int flags)
{
	if (flags & THING_SHARED)
		spin_lock(&t->lock);
	if (flags & 1)
		t->flags = 0;
	if (flags & THING_SHARED)
		spin_unlock(&t->lock);
}

void predicate(struct thing *t)
{
	if (thing_is_shared(t))
		spin_lock(&t->lock);
	t->shared = false;
	if (thing_is_shared(t))
		spin_unlock(&t->lock);
}

// Nothing is known of its body; asked the same way, it is taken to answer the same.
bool thing_is_remote(const struct thing *t);

void predicate_without_a_body(struct thing *t)
{
	if (thing_is_remote(t))
		spin_lock(&t->lock);
	t->shared = false;
	if (thing_is_remote(t))
		spin_unlock(&t->lock);
}

void comparison(struct thing *t, int n)
{
	if (n > 3)
		spin_lock(&t->lock);
	t->flags = 0;
	if (n > 3)
		spin_unlock(&t->lock);
}

void two_variables(struct thing *t, bool a, bool b)
{
	if (a && b)
		spin_lock(&t->lock);
	t->flags = 0;
	if (a && b)
		spin_unlock(&t->lock);
}

void either_variable(struct thing *t, bool a, bool b)
{
	if (a || b)
		spin_lock(&t->lock);
	t->flags = 0;
	if (a || b)
		spin_unlock(&t->lock);
}

void stored(struct thing *t, int n)
{
	bool lock = n > 3 && t->shared;

	if (lock)
		spin_lock(&t->lock);
	t->flags = 0;
	if (lock)
		spin_unlock(&t->lock);
}

void hinted(struct thing *t, bool lock)
{
	if (likely(lock))
		spin_lock(&t->lock);
	t->flags = 0;
	if (unlikely(lock))
		spin_unlock(&t->lock);
}

// A variable that says what was done.
void flag_variable(struct thing *t)
{
	bool locked = false;

	if (ready()) {
		spin_lock(&t->lock);
		locked = true;
	}
	t->flags = 0;
	if (locked)
		spin_unlock(&t->lock);
}

int flag_variable_and_goto(struct thing *t)
{
	bool locked = false;
	int err = -EAGAIN;

	if (!ready())
		goto out;
	spin_lock(&t->lock);
	locked = true;
	if (!ready())
		goto out;
	err = 0;
out:
	if (locked)
		spin_unlock(&t->lock);
	return err;
}

void flag_variable_taken_back(struct thing *t)
{
	bool locked = true;

	spin_lock(&t->lock);
	if (ready()) {
		spin_unlock(&t->lock);
		locked = false;
	}
	t->flags = 0;
	if (locked)
		spin_unlock(&t->lock);
}

// Which lock is held, if any.
void pointer_variable(struct thing *t)
{
	struct thing *locked = NULL;

	if (ready()) {
		locked = t;
		spin_lock(&t->lock);
	}
	t->flags = 0;
	if (locked)
		spin_unlock(&locked->lock);
}

void three_times(struct thing *t, bool lock)
{
	if (lock)
		spin_lock(&t->lock);
	if (!ready()) {
		if (lock)
			spin_unlock(&t->lock);
		return;
	}
	t->flags = 0;
	if (lock)
		spin_unlock(&t->lock);
}

void across_a_loop(struct thing *t, bool lock)
{
	if (lock)
		spin_lock(&t->lock);
	while (!ready())
		cpu_relax();
	if (lock)
		spin_unlock(&t->lock);
}

void in_each_round(struct thing *t, bool lock)
{
	for (; t; t = t->next) {
		if (lock)
			spin_lock(&t->lock);
		t->flags = 0;
		if (lock)
			spin_unlock(&t->lock);
	}
}

void with_a_trylock(struct thing *t, bool wait)
{
	if (wait)
		spin_lock(&t->lock);
	else if (!spin_trylock(&t->lock))
		return;
	t->flags = 0;
	spin_unlock(&t->lock);
}

void nested_conditions(struct thing *t, bool a, bool b)
{
	if (a) {
		spin_lock(&t->lock);
		if (b)
			spin_lock(&t->next->lock);
	}
	t->flags = 0;
	if (a) {
		if (b)
			spin_unlock(&t->next->lock);
		spin_unlock(&t->lock);
	}
}
