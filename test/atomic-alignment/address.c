// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Read, changed and written at an address that may split a cache line.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=atomic-alignment -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

int exchange(int __user *p, int old)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault)) // expected-warning {{'unsafe_try_cmpxchg_user' is an atomic operation on user memory at 'p', whose alignment nothing has checked; where it is not aligned the fault cannot be fixed [airlock-atomic-alignment]}}
		old = 0;
	user_access_end();
	return old;
fault:
	user_access_end();
	return -EFAULT;
}

// Another pointer is aligned.
int other(u64 __user *p, u64 __user *q, u64 old)
{
	if ((unsigned long)q % sizeof(*q) || !user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault)) // expected-warning {{whose alignment nothing has checked}}
		old = 0;
	user_access_end();
	return old;
fault:
	user_access_end();
	return -EFAULT;
}
