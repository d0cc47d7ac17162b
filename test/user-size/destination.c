// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// More than there is room for.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct small { u32 a, b; };
struct large { u32 a, b, c, d; };

struct text { u32 length; char at[]; };

int wrong_type(void __user *p, struct small *to)
{
	struct small s;

	if (copy_from_user(&s, p, sizeof(struct large))) // expected-warning {{'copy_from_user' copies 16 bytes to '&s', which has 8 bytes [airlock-user-size]}}
		return -EFAULT;
	*to = s;
	return 0;
}

int allocated(void __user *p)
{
	struct small *s = kmalloc(sizeof(*s), GFP_KERNEL);

	if (s && copy_from_user(s, p, sizeof(struct large))) // expected-warning {{'copy_from_user' copies 16 bytes to 's', which has 8 bytes}}
		return -EFAULT;
	kfree(s);
	return 0;
}

int says_itself(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	if (!n)
		return 0;
	if (copy_from_user(buffer, p->at, n)) // expected-warning {{'copy_from_user' copies as many bytes as user space says to 'buffer', which has 64 bytes; compare the size first}}
		return -EFAULT;
	return buffer[0];
}

// Not less than something is no bound.
int lower_bound(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length) || n < 4)
		return -EINVAL;
	return copy_from_user(buffer, p->at, n) ? -EFAULT : buffer[0]; // expected-warning {{'copy_from_user' copies as many bytes as user space says to 'buffer', which has 64 bytes}}
}
