// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the rule's page says that it cannot see: if one of these changes, the page does.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "Inputs/locks.h"

// Functions of other units, with nothing that says what they do.
void lock_elsewhere(struct thing *t);
void unlock_elsewhere(struct thing *t);

int opened_elsewhere(struct thing *t)
{
	lock_elsewhere(t);
	if (!ready())
		return -EINVAL;
	unlock_elsewhere(t);
	return 0;
}

int closed_elsewhere(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return -EINVAL;
	unlock_elsewhere(t);
	return 0;
}

// Called through a pointer.
static void lock_it(struct thing *t) { spin_lock(&t->lock); }

int opened_through_a_pointer(struct thing *t)
{
	void (*lock)(struct thing *) = lock_it;

	if (!ready())
		return 0;
	lock(t);
	if (!ready())
		return -EINVAL;
	return 1;
}
