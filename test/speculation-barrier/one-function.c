// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A region opens after a check, and nothing keeps the processor from reading first.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=speculation-barrier -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

int opened(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p))) // expected-note {{the address is checked by 'access_ok' here; its result may be speculated past}}
		return -EFAULT;
	__uaccess_begin(); // expected-warning {{'__uaccess_begin' opens a user access region with no speculation barrier after 'access_ok'; call 'barrier_nospec' in between, or open it with 'user_access_begin(ptr, len)' [airlock-speculation-barrier]}}
	unsafe_get_user(x, p, fault);
	__uaccess_end();
	return x;
fault:
	__uaccess_end();
	return -EFAULT;
}

int barrier_too_early(int __user *p)
{
	int x;

	barrier_nospec();
	if (!access_ok(p, sizeof(*p))) // expected-note {{the address is checked by 'access_ok' here; its result may be speculated past}}
		return -EFAULT;
	user_access_begin_after_access_ok(); // expected-warning {{'user_access_begin_after_access_ok' opens a user access region with no speculation barrier after 'access_ok'}}
	unsafe_get_user(x, p, fault);
	user_access_end();
	return x;
fault:
	user_access_end();
	return -EFAULT;
}
