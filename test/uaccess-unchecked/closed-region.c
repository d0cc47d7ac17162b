// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The region that an accessor needs is not open, or not any more.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

// The region that the accessor needs is not open, or not any more.
int outside(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(x, p, fault); // expected-warning {{'outside' expands 'unsafe_get_user' outside a user access region; open one with 'user_access_begin(ptr, len)' before}}
	return x;
fault:
	return -EFAULT;
}

int closed_again(int __user *p)
{
	int x;

	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	user_access_end();
	unsafe_get_user(x, p, fault); // expected-warning {{'closed_again' expands 'unsafe_get_user' outside a user access region}}
	return x;
fault:
	return -EFAULT;
}

int raw_atomic(int __user *p, int old)
{
	__uaccess_begin();
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault)) // expected-warning {{'unsafe_try_cmpxchg_user' reads and writes user memory through 'p', which nothing has checked}}
		old = 0;
	user_access_end();
	return old;
fault:
	user_access_end();
	return -EFAULT;
}

// expected-note@api-user.h:* {{'unsafe_try_cmpxchg_user' does not check the address by itself}}
