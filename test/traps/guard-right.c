// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// On every way out of the scope the lock is released, and not reported as left open.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

int returns_early(int n)
{
	guard(spinlock)(&lock);
	if (n == 1)
		return 1;
	if (n == 2)
		goto out;
	while (n--)
		if (n == 4)
			return 4;
out:
	return n;
}

void inner_scope(int n)
{
	if (n) {
		guard(rcu)();
		n--;
	}
	for (int i = 0; i < n; i++) {
		guard(spinlock_irqsave)(&lock);
		if (i == 2)
			break;
		if (i == 3)
			continue;
	}
	msleep(1);
}

void scoped(int n)
{
	scoped_guard(spinlock, &lock) {
		if (n == 1)
			return;
		if (n == 2)
			break;
	}
	msleep(1);
	scoped_guard(preempt)
		n++;
	msleep(n);
}

// A mutex lets sleep, and in this order they nest as they should.
void in_order(void)
{
	guard(mutex)(&mutex);
	msleep(1);
	guard(spinlock)(&lock);
}

// A guard that may fail.
int tried(void)
{
	scoped_guard(mutex_try, &mutex) {
		msleep(1);
		return 0;
	}
	return -EBUSY;
}

// Memory that the end of the scope frees.
void *with_free(bool keep)
{
	void *p __free(kfree) = kmalloc(8, GFP_KERNEL);

	guard(spinlock)(&lock);
	if (!p || !keep)
		return NULL;
	return no_free_ptr(p);
}

// The cleanup of what was made before the lock comes after it.
struct buffer { struct mutex *mutex; };
static void release_buffer(struct buffer *b) { mutex_lock(b->mutex); }
void cleanup_sleeps_later(void)
{
	struct buffer b __cleanup(release_buffer) = { &mutex };

	guard(spinlock)(&lock);
	b.mutex = &mutex;
}
