// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// pagefault_disable() takes the sleep out of user accesses only. A mutex under a lock stays one, and a promise that all
// of it never sleeps is broken by what fixes the fault: seed 002.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

int mutex_under_both(int __user *at)
{
	int value, error;

	spin_lock(&lock);
	pagefault_disable();
	error = get_user(value, at);
	mutex_lock(&mutex); // expected-warning {{'mutex_under_both' calls 'mutex_lock', which may sleep, while}}
	mutex_unlock(&mutex);
	pagefault_enable();
	spin_unlock(&lock);
	return error;
}

static int fix_pagefault(struct mm_struct *mm, unsigned long at)
{
	bool unlocked = false;
	int error;

	mmap_read_lock(mm);
	error = fixup_user_fault(mm, at, FOLL_WRITE, &unlocked);
	mmap_read_unlock(mm);
	return error;
}

int __no_sleep get_user_nosleep(struct mm_struct *mm, int __user *at __prevalidated)
{
	int value, error;

	do {
		pagefault_disable();
		error = __get_user(value, at); // expected-warning 0-1 {{'get_user_nosleep' tries '__get_user' again each time 'fix_pagefault' has fixed the fault, and nothing else ends the loop}}
		pagefault_enable();
	} while (error && !fix_pagefault(mm, (unsigned long)at)); // expected-warning {{'get_user_nosleep' calls 'fix_pagefault', which may sleep, but 'get_user_nosleep' promises never to}}
	return error ?: value;
}

// The promise does not lapse while they are disabled.
int __no_sleep disabled_all_the_way(struct mm_struct *mm, int __user *at __prevalidated)
{
	int value = 0;

	pagefault_disable();
	if (__get_user(value, at))
		fix_pagefault(mm, (unsigned long)at); // expected-warning {{'disabled_all_the_way' calls 'fix_pagefault', which may sleep, but 'disabled_all_the_way' promises never to}}
	pagefault_enable();
	return value;
}
