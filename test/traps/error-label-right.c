// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The label closes the region, in each order that people write.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

struct pair { int a, b; };

int closes(struct pair __user *at, struct pair *to)
{
	if (!user_read_access_begin(at, sizeof(*at)))
		return -EFAULT;
	unsafe_get_user(to->a, &at->a, fault);
	unsafe_get_user(to->b, &at->b, fault);
	user_read_access_end();
	return 0;
fault:
	user_read_access_end();
	printk("bad address\n");
	return -EFAULT;
}

int one_end(int __user *at, int value)
{
	int error = -EFAULT;

	if (!user_write_access_begin(at, sizeof(*at)))
		goto out;
	unsafe_put_user(value, at, fault);
	error = 0;
fault:
	user_write_access_end();
out:
	return error;
}

int in_a_loop(int __user *at, int *to, int n)
{
	if (!user_read_access_begin(at, n * sizeof(*at)))
		return -EFAULT;
	for (int i = 0; i < n; i++)
		unsafe_get_user(to[i], at + i, fault);
	user_read_access_end();
	return 0;
fault:
	user_read_access_end();
	return -EFAULT;
}

// The label belongs to an inline helper's caller: the helper says so with its result.
static inline bool put_two(int __user *at, int a, int b)
{
	unsafe_put_user(a, at, fault);
	unsafe_put_user(b, at + 1, fault);
	return true;
fault:
	return false;
}

int helper(int __user *at)
{
	bool done;

	if (!user_write_access_begin(at, 2 * sizeof(*at)))
		return -EFAULT;
	done = put_two(at, 1, 2);
	user_write_access_end();
	return done ? 0 : -EFAULT;
}
