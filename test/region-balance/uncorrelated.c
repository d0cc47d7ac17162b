// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Conditions that differ, or changed: calls in between are not judged, the return is, as advice.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify=quiet %s
// quiet-no-diagnostics
#include "Inputs/locks.h"

void might_sleep(void);

// 'might_sleep' may be under the lock or not: nothing is said about it.
void quiet_in_between(struct thing *t)
{
	if (ready())
		spin_lock(&t->lock);
	might_sleep();
	return; // expected-remark {{'quiet_in_between' returns while a spinlock is held, but not on every path [airlock-region-balance]}}
}

// Nobody knows whether a question that is asked twice is answered the same way.
void asked_twice(struct thing *t)
{
	if (ready())
		spin_lock(&t->lock);
	might_sleep();
	if (ready())
		spin_unlock(&t->lock); // expected-remark {{'asked_twice' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
} // expected-remark {{'asked_twice' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

bool thing_is_remote(const struct thing *t);

// Two questions about memory: what they have to do with each other, the code around it knows.
void asked_of_another(struct thing *t)
{
	if (thing_is_remote(t))
		spin_lock(&t->lock);
	if (thing_is_remote(t->next))
		spin_unlock(&t->lock);
}

void two_parameters(struct thing *t, bool a, bool b)
{
	if (a)
		spin_lock(&t->lock);
	if (b)
		spin_unlock(&t->lock); // expected-remark {{'two_parameters' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
} // expected-remark {{'two_parameters' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

void changed_variable(struct thing *t, bool lock)
{
	if (lock)
		spin_lock(&t->lock);
	lock = ready();
	if (lock)
		spin_unlock(&t->lock); // expected-remark {{'changed_variable' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
} // expected-remark {{'changed_variable' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

void set_flag(bool *flag);

void changed_through_pointer(struct thing *t, bool lock)
{
	if (lock)
		spin_lock(&t->lock);
	set_flag(&lock);
	if (lock)
		spin_unlock(&t->lock); // expected-remark {{'changed_through_pointer' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
} // expected-remark {{'changed_through_pointer' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

// The same.
void changed_field(struct thing *t)
{
	if (t->shared)
		spin_lock(&t->lock);
	t->shared = ready();
	if (t->shared)
		spin_unlock(&t->lock);
}

// The same.
void other_object(struct thing *t)
{
	if (t->shared)
		spin_lock(&t->lock);
	t = t->next;
	if (t->shared)
		spin_unlock(&t->lock);
}

void other_mask(struct thing *t, unsigned int flags)
{
	if (flags & THING_SHARED)
		spin_lock(&t->lock);
	if (flags & 1)
		spin_unlock(&t->lock); // expected-remark {{'other_mask' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
} // expected-remark {{'other_mask' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

// The same variable, the opposite question: wrong on both paths. The unlock is known to be wrong wherever it is reached.
void opposite(struct thing *t)
{
	bool lock = ready();

	if (lock)
		spin_lock(&t->lock);
	if (!lock)
		spin_unlock(&t->lock); // expected-remark {{'opposite' calls 'spin_unlock', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
} // expected-remark {{'opposite' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

void flag_variable_opposite(struct thing *t)
{
	bool locked = false;

	if (ready()) {
		spin_lock(&t->lock);
		locked = true;
	}
	if (!locked)
		spin_unlock(&t->lock); // expected-remark {{'flag_variable_opposite' calls 'spin_unlock', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
} // expected-remark {{'flag_variable_opposite' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

void flag_variable_forgotten(struct thing *t)
{
	bool locked = false;

	if (ready())
		spin_lock(&t->lock);
	if (locked)
		spin_unlock(&t->lock);
} // expected-remark {{'flag_variable_forgotten' returns while a spinlock is held, but not on every path [airlock-region-balance]}}
