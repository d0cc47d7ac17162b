// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=speculation-barrier -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

// page: wrong
int put(u32 __user *p, u32 x)
{
	if (!access_ok(p, sizeof(*p))) // expected-note {{the address is checked by 'access_ok' here; its result may be speculated past}}
		return -EFAULT;
	__uaccess_begin(); // expected-warning {{'__uaccess_begin' opens a user access region with no speculation barrier after 'access_ok'; call 'barrier_nospec' in between, or open it with 'user_access_begin(ptr, len)' [airlock-speculation-barrier]}}
	unsafe_put_user(x, p, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
// page: end

// page: right
int put_safely(u32 __user *p, u32 x)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(x, p, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
// page: end
