// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Openers and primitives come as macros, as inline functions and as both; sparse's markers are there and mean nothing
// to the compiler.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static struct mutex mutex;
struct bucket { raw_spinlock_t lock; int n; };

// The opener is a macro and a function of one name.
int macro_and_function(int __user *at)
{
	int value;

	if (!user_access_begin(at, sizeof(*at)))
		return -EFAULT;
	mutex_lock(&mutex); // expected-warning {{'macro_and_function' calls 'mutex_lock', which may sleep, while a user access region is open}} expected-warning {{'macro_and_function' calls 'mutex_lock' while a user access region is open}}
	unsafe_get_user(value, at, fault);
	user_access_end();
	return value;
fault:
	user_access_end();
	return -EFAULT;
}

// A statement expression, and a macro that is another macro's name.
int statement_expression(int __user *at)
{
	int value, error;

	if (!user_read_access_begin(at, sizeof(*at)))
		return -EFAULT;
	unsafe_get_user(value, at, fault);
	user_read_access_end();
	preempt_disable();
	error = ({ int e = get_user(value, at); e; }); // expected-warning {{'statement_expression' expands 'get_user', which may sleep in a user page fault, while preemption is disabled}}
	preempt_enable();
	return error ?: value;
fault:
	user_read_access_end();
	return -EFAULT;
}

// Only the markers say what the assembler does.
void lock_bucket(struct bucket *b) __acquires(&b->lock);
void unlock_bucket(struct bucket *b) __releases(&b->lock);

void markers(struct bucket *b)
{
	lock_bucket(b);
	mutex_lock(&mutex); // expected-warning {{'markers' calls 'mutex_lock', which may sleep, while a spinlock is held}}
	mutex_unlock(&mutex);
	unlock_bucket(b);
}

void statements(struct bucket *b)
{
	__asm__ volatile("" : "+m"(b->lock));
	__acquire(&b->lock);
	mutex_lock(&mutex); // expected-warning {{'statements' calls 'mutex_lock', which may sleep, while a spinlock is held}}
	mutex_unlock(&mutex);
	__release(&b->lock);
}

// An opener below the macro's name.
#define begin_or_leave(at, n) if (!user_access_begin(at, n)) return -EFAULT
int opener_in_macro(int __user *at)
{
	int value;

	begin_or_leave(at, sizeof(*at));
	unsafe_get_user(value, at, fault);
	user_access_end();
	return value;
fault:
	return -EFAULT; // expected-warning {{'opener_in_macro' returns while a user access region is open}}
}
