// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the rule's page says that it cannot see: if one of these changes, the page does.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

// What a function has checked that is handed on to another.
static int check(u32 __user *p) { return access_ok(p, 4) ? 0 : -EFAULT; }
static int run(int (*fn)(u32 __user *), u32 __user *p) { return fn(p); }

int by_one_that_is_handed_on(u32 __user *p, u32 *to)
{
	if (run(check, p))
		return -EFAULT;
	return __get_user(*to, p); // expected-warning {{which nothing has checked}}
}

// How much a helper has checked that is told the size: any check of the address will do.
static bool is_good(const void __user *p, size_t n) { return access_ok(p, n); }

int beyond_what_a_helper_checked(void *to, const void __user *p)
{
	if (!is_good(p, 4))
		return -EFAULT;
	return __copy_from_user(to, p, 8) ? -EFAULT : 0;
}
