// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The check, or the lack of it, is in another function.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

// The check is in a helper that says yes for another reason.
static bool fits(int __user *p, int n) { return n || access_ok(p, sizeof(*p)); }

// Its callers decide, and one of them forgot.
static int helper(int __user *p)
{
	int x;

	return __get_user(x, p) ?: x; // expected-warning {{'__get_user' reads user memory through 'p', which nothing has checked}}
}

int careful(int __user *p) { return access_ok(p, sizeof(*p)) ? helper(p) : -EFAULT; }
int careless(int __user *p) { return helper(p); } // expected-note {{'careless' calls 'helper' here}}

int lax(int __user *p, int n)
{
	int x;

	if (!fits(p, n))
		return -EFAULT;
	return __get_user(x, p) ?: x;
}

// expected-note@api-user.h:* {{'__get_user' does not check the address by itself}}
