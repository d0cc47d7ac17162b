// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Each accessor may sleep in a page fault: the checked ones, and those with two underscores that say nothing of it.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;

int checked(int __user *at)
{
	int value, error;

	spin_lock(&lock);
	error = get_user(value, at); // expected-warning-re {{'checked' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, while}}
	error |= put_user(value, at); // expected-warning-re {{'checked' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, while}}
	error |= copy_from_user(&value, at, sizeof(value)); // expected-warning {{'checked' calls 'copy_from_user', which may sleep in a user page fault, while}}
	error |= copy_to_user(at, &value, sizeof(value)); // expected-warning {{'checked' calls 'copy_to_user', which may sleep in a user page fault, while}}
	error |= clear_user(at, sizeof(value)); // expected-warning {{'checked' calls 'clear_user', which may sleep in a user page fault, while}}
	spin_unlock(&lock);
	return error;
}

int unchecked(int __user *at __prevalidated)
{
	int value, error;

	rcu_read_lock();
	error = __get_user(value, at); // expected-warning-re {{'unchecked' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, while}}
	error |= __put_user(value, at); // expected-warning-re {{'unchecked' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, while}}
	rcu_read_unlock();
	return error;
}

int enabled_again(int __user *at)
{
	int value, error;

	preempt_disable();
	pagefault_disable();
	pagefault_enable();
	error = get_user(value, at); // expected-warning-re {{'enabled_again' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, while}}
	preempt_enable();
	return error ?: value;
}
