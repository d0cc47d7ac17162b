// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// With page faults disabled they fail instead, and the _inatomic and _nofault forms never sleep at all.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;

int faults_disabled(int __user *at __prevalidated)
{
	int value, error;

	spin_lock(&lock);
	pagefault_disable();
	error = get_user(value, at);
	error |= __put_user(value, at);
	error |= copy_from_user(&value, at, sizeof(value));
	error |= copy_to_user(at, &value, sizeof(value));
	pagefault_enable();
	spin_unlock(&lock);
	return error;
}

long never(int __user *at __prevalidated)
{
	int value;
	long left;

	spin_lock(&lock);
	left = __copy_from_user_inatomic(&value, at, sizeof(value));
	left |= __copy_to_user_inatomic(at, &value, sizeof(value));
	left |= copy_from_user_nofault(&value, at, sizeof(value));
	spin_unlock(&lock);
	return left;
}

int nothing_forbids(int __user *at)
{
	int value;

	return get_user(value, at) ?: value;
}
