// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A size that 64 bits do not hold is not known: it is neither what is left of it, nor a number below zero.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Wno-integer-overflow -Xclang -verify %s
#include "kernel-api.h"

#define LONG_MAX 0x7fffffffffffffffL
#define LONG_MIN (-LONG_MAX - 1)

struct large { u32 a, b, c, d; };
struct info { u32 argsz, flags; };

// (2^62 + 2) times 4 is 8, and 2^64 more.
int product(void __user *p)
{
	char *some = kcalloc((1UL << 62) + 2, 4, GFP_KERNEL), *none = kcalloc(1UL << 62, 4, GFP_KERNEL);

	return some && none && (copy_from_user(some, p, 16) || copy_from_user(none, p, 16)) ? -EFAULT : 0;
}

int product_that_fits(void __user *p)
{
	char *some = kcalloc(2, 4, GFP_KERNEL);

	return some && copy_from_user(some, p, 16) ? -EFAULT : 0; // expected-warning {{'copy_from_user' copies 16 bytes to 'some', which has 8 bytes}}
}

// In the buffer, and further behind it than anybody counts.
int room(void __user *p)
{
	char *some = kmalloc(16, GFP_KERNEL);

	return some && (copy_from_user(some + LONG_MAX + 8, p, 4) || copy_from_user(some + LONG_MIN, p, 32)) ? -EFAULT : 0;
}

int sum(void __user *p)
{
	struct large l;
	unsigned long n = LONG_MAX;
	long least = LONG_MIN;

	if (copy_from_user(&l, p, n + 8) || copy_from_user(&l, p, n * 4) || copy_from_user(&l, p, n + n))
		return -EFAULT;
	return copy_from_user(&l, p, least - 8) || copy_from_user(&l, p, 8 - least) ? -EFAULT : (int)l.a;
}

// What the compiler does not compute, nobody does.
int undefined(void __user *p)
{
	struct large l;
	long least = LONG_MIN, all = -1;

	if (copy_from_user(&l, p, 1UL << (64 + 4)) || copy_from_user(&l, p, LONG_MIN / -1) || // expected-warning 0-1 {{shift count}}
	    copy_from_user(&l, p, LONG_MIN % -1))
		return -EFAULT;
	return copy_from_user(&l, p, -least) || copy_from_user(&l, p, least / all) ? -EFAULT : (int)l.a;
}

// A size from user memory, compared with one that is too large to be said.
int said(struct info __user *p)
{
	struct info i;

	if (copy_from_user(&i, p, sizeof(i)))
		return -EFAULT;
	if (i.argsz + LONG_MAX < LONG_MIN + 1)
		return -EINVAL;
	return copy_from_user(&i, (char __user *)p + LONG_MAX, sizeof(i)) ? -EFAULT : (int)i.flags;
}
