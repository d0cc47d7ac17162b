// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An address that is further away than 64 bits count is not known: no finding says how far it is.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked,double-fetch -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Wno-array-bounds -Wno-integer-overflow -Xclang -verify %s
#include "kernel-api.h"

#define LONG_MAX 0x7fffffffffffffffL
#define LONG_MIN (-LONG_MAX - 1)

// (2^62 + 1) elements of 4 bytes: 4, and 2^64 more.
int element(int __user *p)
{
	int x, y;

	if (!access_ok(p, 4))
		return -EFAULT;
	return __get_user(x, &p[0x4000000000000000L]) || __get_user(y, &p[0x4000000000000001L]) ? -EFAULT : x + y;
}

int variable(int __user *p)
{
	long n = 0x4000000000000001L;
	int x;

	if (!access_ok(p, 4))
		return -EFAULT;
	return __get_user(x, &p[n]) ? -EFAULT : x;
}

int near(int __user *p)
{
	int x;

	if (!access_ok(p, 4))
		return -EFAULT;
	return __get_user(x, &p[1]) ? -EFAULT : x; // expected-warning {{'__get_user'}}
}

static int reads(char __user *p)
{
	char x;

	return __get_user(x, p - LONG_MIN) ?: x;
}

int sums(char __user *p, char *to)
{
	char x;

	if (!access_ok(p + LONG_MAX, 4))
		return -EFAULT;
	if (__get_user(x, p + LONG_MAX) || __get_user(x, p + LONG_MAX + 8) || __get_user(x, p + LONG_MIN - 8))
		return -EFAULT;
	return x + reads(p + LONG_MAX);
}

// The same bytes twice, both times to the end of the world.
int copies(char __user *p, char *to)
{
	if (copy_from_user(to + LONG_MAX, p + LONG_MAX, 8) || !to[LONG_MAX]) // expected-note {{'copy_from_user' fetches it for the first time here}} expected-note {{what was fetched decides here}}
		return -EFAULT;
	if (copy_from_user(to + LONG_MIN, p + LONG_MAX, 8)) // expected-warning {{'copy_from_user' fetches again what 'copy_from_user' has fetched}}
		return -EFAULT;
	return to[LONG_MIN]; // expected-note {{the second copy is used here}}
}

// expected-note@api-user.h:* {{'__get_user' does not check the address by itself}}
