// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A signed length that is compared with sizeof: less than nothing is a large number then, and passes for one.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct option { u32 a, b, c, d; };
#define MIN_T(type, x, y) ({ type __x = (x); type __y = (y); __x < __y ? __x : __y; })

int at_least(char __user *value, int __user *length)
{
	struct option o = {};
	int n;

	if (get_user(n, length) || n < sizeof(u32))
		return -EINVAL;
	if (n > 16)
		n = 16;
	return copy_to_user(value, &o, n) ? -EFAULT : 0; // expected-warning {{the size of 'copy_to_user' comes from user memory and may be less than zero}}
}

int at_least_with_sign(char __user *value, int __user *length)
{
	struct option o = {};
	int n;

	if (get_user(n, length) || n < (int)sizeof(u32))
		return -EINVAL;
	if (n > 16)
		n = 16;
	return copy_to_user(value, &o, n) ? -EFAULT : 0;
}

int not_negative_first(char __user *value, int __user *length)
{
	struct option o = {};
	int n;

	if (get_user(n, length) || n < 0 || n < sizeof(u32))
		return -EINVAL;
	if (n > 16)
		n = 16;
	return copy_to_user(value, &o, n) ? -EFAULT : 0;
}

// What is at most so much is not negative; then it is at least so much, too.
int between(char __user *value, int __user *length)
{
	char buffer[64];
	int n;

	if (get_user(n, length) || n < sizeof(struct option) || n > sizeof(buffer))
		return -EINVAL;
	return copy_from_user(buffer, value, n - sizeof(struct option)) ? -EFAULT : buffer[0];
}

int between_as_unsigned(char __user *value, u32 __user *length)
{
	char buffer[64];
	u32 n;

	if (get_user(n, length) || n < sizeof(struct option) || n > sizeof(buffer))
		return -EINVAL;
	return copy_from_user(buffer, value, n - sizeof(struct option)) ? -EFAULT : buffer[0];
}

// min_t() has variables of its own.
int smaller_with_sign(char __user *value, int __user *length)
{
	struct option o = {};
	int n;

	if (get_user(n, length))
		return -EFAULT;
	n = MIN_T(int, n, sizeof(o));
	return copy_to_user(value, &o, n) ? -EFAULT : 0; // expected-warning {{may be less than zero}}
}

int smaller_without_sign(char __user *value, int __user *length)
{
	struct option o = {};
	int n;

	if (get_user(n, length) || n < sizeof(u32))
		return -EFAULT;
	n = MIN_T(unsigned int, n, sizeof(o));
	return copy_to_user(value, &o, n) ? -EFAULT : 0;
}

int smaller_then_asked(char __user *value, int __user *length)
{
	struct option o = {};
	int n;

	if (get_user(n, length))
		return -EFAULT;
	n = MIN_T(int, n, sizeof(o));
	if (n < 0)
		return -EINVAL;
	return copy_to_user(value, &o, n) ? -EFAULT : 0;
}
