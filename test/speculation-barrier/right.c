// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The barrier is there: between, in the opener, in a helper; or there was nothing to be speculated past.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=speculation-barrier -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
// expected-no-diagnostics
#include "kernel-api.h"

struct info { int a, b; };

int between(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	barrier_nospec();
	__uaccess_begin();
	unsafe_get_user(x, p, fault);
	__uaccess_end();
	return x;
fault:
	__uaccess_end();
	return -EFAULT;
}

int in_the_opener(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	__uaccess_begin_nospec();
	unsafe_get_user(x, p, fault);
	__uaccess_end();
	return x;
fault:
	__uaccess_end();
	return -EFAULT;
}

int one_opener(struct info __user *p)
{
	int x, y;

	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(x, &p->a, fault);
	unsafe_get_user(y, &p->b, fault);
	user_access_end();
	return x + y;
fault:
	user_access_end();
	return -EFAULT;
}

int masked(int __user *p)
{
	int x;

	p = masked_user_access_begin(p);
	unsafe_get_user(x, p, fault);
	user_access_end();
	return x;
fault:
	user_access_end();
	return -EFAULT;
}

// Validated, with the barrier, in one place.
static bool validate(int __user *p)
{
	if (!access_ok(p, sizeof(*p)))
		return false;
	barrier_nospec();
	return true;
}

int validated(int __user *p)
{
	int x;

	if (!validate(p))
		return -EFAULT;
	user_access_begin_after_access_ok();
	unsafe_get_user(x, p, fault);
	user_access_end();
	return x;
fault:
	user_access_end();
	return -EFAULT;
}

// Validated long ago.
int prevalidated(int __user *p __prevalidated)
{
	int x;

	user_access_begin_after_access_ok();
	unsafe_get_user(x, p, fault);
	user_access_end();
	return x;
fault:
	user_access_end();
	return -EFAULT;
}

// Each is paid for once.
int once(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	return __get_user(x, p) ?: x;
}

// A check each, of two things.
int two(int __user *p, int __user *q)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	return __get_user(x, p) || get_user(x, q) ? -EFAULT : x;
}

// What was checked does not cover it.
int more(struct info __user *p, struct info *to)
{
	int x;

	if (!access_ok(&p->a, sizeof(p->a)) || __get_user(x, &p->a))
		return -EFAULT;
	return copy_from_user(to, p, sizeof(*p)) ? -EFAULT : x;
}

// The pointer is another one each time.
int chain(int __user **all, int n)
{
	int i, x, sum = 0;

	for (i = 0; i < n; i++) {
		int __user *p = all[i];

		if (!access_ok(p, sizeof(*p)) || __get_user(x, p))
			return -EFAULT;
		sum += x;
	}
	return sum;
}
