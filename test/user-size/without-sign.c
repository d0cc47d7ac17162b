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

// A parameter that is cut in place keeps its sign.
struct file;
struct file_operations { long (*unlocked_ioctl)(struct file *f, unsigned int cmd, unsigned long arg); };

static long cut_in_place(char __user *value, int n)
{
	char buffer[16];

	if (n > 16)
		n = 16;
	return copy_from_user(buffer, value, n) ? -EFAULT : buffer[0]; // expected-warning {{may be less than zero}}
}

static long refused(char __user *value, int n)
{
	char buffer[16];

	if (n < 0 || n > 16)
		return -EINVAL;
	return copy_from_user(buffer, value, n) ? -EFAULT : buffer[0];
}

static long cut_elsewhere(char __user *value, int n)
{
	char buffer[16];
	int m = n;

	if (n < 0)
		return -EINVAL;
	if (n > 16)
		m = 16;
	else
		m = n;
	return copy_from_user(buffer, value, m) ? -EFAULT : buffer[0];
}

static long ioctl(struct file *f, unsigned int cmd, unsigned long arg)
{
	int __user *length = (int __user *)arg;
	char __user *value = (char __user *)(arg + 4);
	int n;

	if (get_user(n, length))
		return -EFAULT;
	return cmd == 1 ? cut_in_place(value, n) : cmd == 2 ? refused(value, n) : cut_elsewhere(value, n); // expected-note {{'ioctl' calls 'cut_in_place' here}}
}
const struct file_operations operations = { .unlocked_ioctl = ioctl };

// A multiple of something is no smaller for that.
int multiple_of_four(char __user *value, u32 __user *length)
{
	char buffer[16];
	u32 n;

	if (get_user(n, length) || n % 4)
		return -EINVAL;
	return copy_from_user(buffer, value, n) ? -EFAULT : buffer[0]; // expected-warning {{to 'buffer', which has 16 bytes}}
}

int without_high_bits(char __user *value, u32 __user *length)
{
	char buffer[16];
	u32 n;

	if (get_user(n, length) || (n & ~15u))
		return -EINVAL;
	return copy_from_user(buffer, value, n) ? -EFAULT : buffer[0];
}
