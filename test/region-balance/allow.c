// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __airlock_allow on the function, or on the statement that is reported; the callers see what the body does as before.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

__airlock_allow("region-balance", "the caller looks at t->flags")
static void on_the_function(struct thing *t)
{
	if (ready())
		spin_lock(&t->lock);
}

void on_the_statement(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		__airlock_allow("region-balance", "the interrupt handler unlocks it")
		return;
	if (ready())
		return; // expected-warning {{'on_the_statement' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

__airlock_allow("sleep-in-region", "another rule")
void another_rule(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		return; // expected-warning {{'another_rule' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

void calls_it(struct thing *t)
{
	on_the_function(t);
}

__airlock_allow("region-balance", "handed over to another thread")
static void lock_and_keep(struct thing *t)
{
	spin_lock(&t->lock);
}

void sees_what_it_does(struct thing *t)
{
	lock_and_keep(t);
	if (ready())
		return; // expected-warning {{'sees_what_it_does' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}
