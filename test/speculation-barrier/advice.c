// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One validated pointer that pays twice.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=speculation-barrier -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct info { int a, b; };

int checks_twice(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p))) // expected-note {{checked by 'access_ok' here}}
		return -EFAULT;
	return get_user(x, p) ?: x; // expected-remark {{'get_user' checks 'p' again, which 'access_ok' has checked; use a form that does not check, or leave the check to it [airlock-speculation-barrier]}}
}

int opens_with_a_check(struct info __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p))) // expected-note {{checked by 'access_ok' here}}
		return -EFAULT;
	if (!user_access_begin(p, sizeof(*p))) // expected-remark {{'user_access_begin' checks 'p' again, which 'access_ok' has checked}}
		return -EFAULT;
	unsafe_get_user(x, &p->a, fault);
	user_access_end();
	return x;
fault:
	user_access_end();
	return -EFAULT;
}

int straight_line(struct info __user *p)
{
	int x, y;

	if (!access_ok(p, sizeof(*p))) // expected-note {{checked by 'access_ok' here}}
		return -EFAULT;
	if (__get_user(x, &p->a) ||
	    __get_user(y, &p->b)) // expected-remark {{'__get_user' pays for a speculation barrier again, which '&p->b' has passed since 'access_ok'; open one region with 'user_access_begin(ptr, len)' for all of its accesses}}
		return -EFAULT;
	return x + y;
}

int each_time(int __user *p, int n)
{
	int i, x, sum = 0;

	if (!access_ok(p, n * sizeof(*p))) // expected-note {{checked by 'access_ok' here}}
		return -EFAULT;
	for (i = 0; i < n; i++) {
		if (__get_user(x, p + i)) // expected-remark {{'__get_user' pays for a speculation barrier again, which 'p + i' has passed since 'access_ok'}}
			return -EFAULT;
		sum += x;
	}
	return sum;
}
