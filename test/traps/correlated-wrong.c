// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Correlated branches do not hide what is certain: the same condition opens the region and reaches the call.
// RUN: %airlock_cc -I %S/Inputs -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

void same_condition(bool locked)
{
	if (locked)
		spin_lock(&lock);
	if (locked)
		mutex_lock(&mutex); // expected-warning {{'same_condition' calls 'mutex_lock', which may sleep, while}}
	if (locked)
		spin_unlock(&lock);
}

// Closed under another condition than it was opened.
void other_condition(bool locked, bool done)
{
	if (locked)
		spin_lock(&lock);
	if (done)
		spin_unlock(&lock); // expected-remark-re {{'other_condition' calls 'spin_unlock', which closes region {{.*}}, but it is not open on every path}}
} // expected-remark {{'other_condition' returns while a spinlock is held, but not on every path}}

// The condition changes in between.
void changed_condition(bool locked)
{
	if (locked)
		spin_lock(&lock);
	locked = !locked;
	if (locked)
		spin_unlock(&lock); // expected-remark-re {{'changed_condition' calls 'spin_unlock', which closes region {{.*}}, but it is not open}}
} // expected-remark {{'changed_condition' returns while a spinlock is held, but not on every path}}
