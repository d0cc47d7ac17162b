// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Unwinding by goto: each label undoes what was done before the jump, no more and no less.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

int unwinds(struct thing *a, struct thing *b)
{
	int err = -EAGAIN;

	if (!ready())
		goto out;
	rcu_read_lock();
	if (!ready())
		goto unlock_rcu;
	spin_lock(&a->lock);
	if (!ready())
		goto unlock_a;
	spin_lock(&b->lock);
	err = 0;
	spin_unlock(&b->lock);
unlock_a:
	spin_unlock(&a->lock);
unlock_rcu:
	rcu_read_unlock();
out:
	return err;
}

void label_too_late(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		goto out; // expected-warning {{'label_too_late' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
out:
	return;
}

void label_too_early(struct thing *t)
{
	if (!ready())
		goto unlock;
	spin_lock(&t->lock);
unlock:
	spin_unlock(&t->lock); // expected-remark {{'label_too_early' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
}

void unlocked_before_jump(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready()) {
		spin_unlock(&t->lock);
		goto unlock;
	}
	t->flags = 0;
unlock:
	spin_unlock(&t->lock); // expected-remark {{'unlocked_before_jump' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
}

int labels_per_state(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		goto locked;
	spin_unlock(&t->lock);
	if (!ready())
		goto unlocked;
	return 0;
locked:
	spin_unlock(&t->lock);
unlocked:
	return -EAGAIN;
}

int backwards(struct thing *t)
{
again:
	spin_lock(&t->lock);
	if (!ready()) {
		spin_unlock(&t->lock);
		cpu_relax();
		goto again;
	}
	t->flags = 0;
	spin_unlock(&t->lock);
	return 0;
}

int into_the_middle(struct thing *t)
{
	spin_lock(&t->lock);
	goto check;
again:
	spin_unlock(&t->lock);
	cpu_relax();
	spin_lock(&t->lock);
check:
	if (!ready())
		goto again;
	spin_unlock(&t->lock);
	return 0;
}

void computed(struct thing *t, int n)
{
	static const void *const labels[] = { &&one, &&two };

	spin_lock(&t->lock);
	goto *labels[n & 1];
one:
	t->flags = 1;
	spin_unlock(&t->lock);
	return;
two:
	return; // expected-remark {{'computed' returns while a spinlock is held [airlock-region-balance]}}
}

// asm goto may leave for any of its labels.
void asm_goto(struct thing *t)
{
	spin_lock(&t->lock);
	asm goto("# %0" ::"m"(t->flags)::fault, worse);
	spin_unlock(&t->lock);
	return;
fault:
	spin_unlock(&t->lock);
	return;
worse:
	return; // expected-remark {{'asm_goto' returns while a spinlock is held [airlock-region-balance]}}
}
