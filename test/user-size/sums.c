// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sum that goes round is small, however large its parts are: to compare it is no bound for them.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct part { u32 offset, length; void __user *at; };
struct large_part { u64 offset, length; void __user *at; };
struct small_part { u16 offset, length; void __user *at; };
static char memory[4096];

int goes_round(struct part __user *p)
{
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)) || a.offset + a.length > sizeof(memory))
		return -EFAULT;
	return copy_from_user(memory + a.offset, a.at, a.length) ? -EFAULT : 0; // expected-warning {{copies as many bytes as user space says to 'memory + a.offset', which has 4096 bytes}}
}

int goes_round_with_64_bits(struct large_part __user *p)
{
	struct large_part a;

	if (copy_from_user(&a, p, sizeof(a)) || a.offset + a.length > sizeof(memory))
		return -EFAULT;
	return copy_from_user(memory + a.offset, a.at, a.length) ? -EFAULT : 0; // expected-warning {{which has 4096 bytes}}
}

int with_a_number(struct part __user *p)
{
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)) || a.length + 16u > sizeof(memory))
		return -EFAULT;
	return copy_from_user(memory + 16, a.at, a.length) ? -EFAULT : 0; // expected-warning {{which has 4080 bytes}}
}

int wide_enough(struct part __user *p)
{
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)) || (u64)a.offset + a.length > sizeof(memory))
		return -EFAULT;
	return copy_from_user(memory + a.offset, a.at, a.length) ? -EFAULT : 0;
}

int small_enough(struct small_part __user *p)
{
	struct small_part a;

	if (copy_from_user(&a, p, sizeof(a)) || a.offset + a.length > sizeof(memory))
		return -EFAULT;
	return copy_from_user(memory + a.offset, a.at, a.length) ? -EFAULT : 0;
}

int asked_before(struct large_part __user *p)
{
	struct large_part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	if (a.offset + a.length < a.offset || a.offset + a.length > sizeof(memory))
		return -EINVAL;
	return copy_from_user(memory + a.offset, a.at, a.length) ? -EFAULT : 0;
}

int each_is_limited(struct part __user *p)
{
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	if (a.length > sizeof(memory) || a.offset + a.length > sizeof(memory))
		return -EINVAL;
	return copy_from_user(memory + a.offset, a.at, a.length) ? -EFAULT : 0;
}

int told_by_the_builtin(struct large_part __user *p)
{
	struct large_part a;
	u64 end;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	if (__builtin_add_overflow(a.offset, a.length, &end) || end > sizeof(memory))
		return -EINVAL;
	return copy_from_user(memory + a.offset, a.at, a.length) ? -EFAULT : 0;
}

// What the compiler adds up is a number, and so is what it multiplies.
int sums_of_numbers(struct part __user *p)
{
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)) || a.length > 2048u + 2048u || 4u + 4u > a.length || a.offset + 0u > 8)
		return -EFAULT;
	return copy_from_user(memory, a.at, a.length) ? -EFAULT : 0;
}
