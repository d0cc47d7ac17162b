// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// guard() and scoped_guard() hold their lock up to the end of the scope.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

void rest_of_function(void)
{
	guard(spinlock)(&lock);
	msleep(1); // expected-warning {{'rest_of_function' calls 'msleep', which may sleep, while}}
}

void saves_flags(int n)
{
	guard(spinlock_irqsave)(&lock);
	if (n)
		mutex_lock(&mutex); // expected-warning {{'saves_flags' calls 'mutex_lock', which may sleep, while}}
}

void no_argument(void)
{
	guard(rcu)();
	mutex_lock(&mutex); // expected-warning {{'no_argument' calls 'mutex_lock', which may sleep, while}}
	mutex_unlock(&mutex);
}

void only_the_body(void)
{
	scoped_guard(spinlock, &lock) {
		msleep(1); // expected-warning {{'only_the_body' calls 'msleep', which may sleep, while}}
	}
	msleep(1);
}

void body_without_braces(void)
{
	scoped_guard(preempt)
		msleep(1); // expected-warning {{'body_without_braces' calls 'msleep', which may sleep, while}}
}

// The guard that is made last goes first: the mutex is taken under the lock, and that is wrong.
void in_order(void)
{
	guard(spinlock)(&lock);
	guard(mutex)(&mutex); // expected-warning-re {{'in_order' {{.*}}, which may sleep, while}}
}

// What the end of the scope calls, it calls with the lock held, if the lock was there first.
struct buffer { struct mutex *mutex; };
static void release_buffer(struct buffer *b) { mutex_lock(b->mutex); }
void cleanup_sleeps(void)
{
	guard(spinlock)(&lock);
	struct buffer b __cleanup(release_buffer) = { &mutex }; // expected-warning {{'cleanup_sleeps' calls 'release_buffer', which may sleep, while}}
}
