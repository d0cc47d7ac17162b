// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One condition twice, unchanged: neither the returns nor the calls are reported, and a region that is only maybe open
// forbids nothing.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct object { unsigned int flags; spinlock_t *lock; bool locked; };
enum { IS_SHARED = 4 };

void by_parameter(bool locked)
{
	if (locked)
		spin_lock(&lock);
	if (!locked)
		mutex_lock(&mutex);
	if (locked)
		spin_unlock(&lock);
}

void by_pointer(spinlock_t *maybe)
{
	if (maybe)
		spin_lock(maybe);
	barrier();
	if (maybe)
		spin_unlock(maybe);
}

void by_field(struct object *o)
{
	if (o->flags & IS_SHARED)
		spin_lock(o->lock);
	if (o->flags & IS_SHARED)
		spin_unlock(o->lock);
}

void by_local(struct object *o, int n)
{
	bool locked = false;

	if (n > 2) {
		spin_lock(o->lock);
		locked = true;
	}
	o->flags = n;
	if (locked)
		spin_unlock(o->lock);
}

// Nothing relates a and b: the mutex may or may not be taken under the lock.
void unrelated(bool a, bool b)
{
	if (a)
		spin_lock(&lock);
	if (b)
		mutex_lock(&mutex);
	if (a)
		spin_unlock(&lock);
}
