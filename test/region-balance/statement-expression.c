// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Regions within expressions: statement expressions, ?:, && and || are control flow like any other.
// RUN: %airlock_cc -std=gnu11 -Wno-unused-value -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

#define read_flags(t)                    \
	({                               \
		unsigned int __flags;    \
		spin_lock(&(t)->lock);   \
		__flags = (t)->flags;    \
		spin_unlock(&(t)->lock); \
		__flags;                 \
	})

int within(struct thing *t)
{
	return read_flags(t) + read_flags(t->next);
}

int opened_within(struct thing *t)
{
	int flags;

	if (ready())
		return 0;
	flags = ({ spin_lock(&t->lock); t->flags; });
	spin_unlock(&t->lock);
	return flags;
}

int left_open_within(struct thing *t)
{
	int flags = ({ spin_lock(&t->lock); t->flags; });

	if (ready())
		return flags; // expected-remark {{'left_open_within' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return 0;
}

int leaves_from_within(struct thing *t)
{
	int flags = ({
		spin_lock(&t->lock);
		if (ready())
			return 0; // expected-warning {{'leaves_from_within' returns while a spinlock is held [airlock-region-balance]}}
		spin_unlock(&t->lock);
		t->flags;
	});

	return flags;
}

// The value is computed before the return.
int in_the_return(struct thing *t)
{
	if (ready())
		return 0;
	spin_lock(&t->lock);
	return ({ spin_unlock(&t->lock); t->flags; });
}

void arms(struct thing *t)
{
	if (ready())
		return;
	ready() ? spin_lock(&t->lock) : rcu_read_lock();
	t->flags = 0;
} // expected-remark {{'arms' returns while a spinlock is held, but not on every path [airlock-region-balance]}} \
  // expected-remark {{'arms' returns while an RCU read lock is held, but not on every path [airlock-region-balance]}}

void both_arms(struct thing *t)
{
	if (ready())
		return;
	ready() ? spin_lock(&t->lock) : spin_lock(&t->next->lock);
	spin_unlock(&t->lock);
}

void short_circuit(struct thing *t)
{
	ready() && spin_trylock(&t->lock) && (spin_unlock(&t->lock), 1);
	ready() || (spin_lock(&t->lock), spin_unlock(&t->lock), 1);
}

void in_arguments(struct thing *t)
{
	if (ready())
		return;
	work((spin_lock(&t->lock), t));
	spin_unlock(&t->lock);
}
