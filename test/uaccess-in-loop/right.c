// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops that open once, or have to each time.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-in-loop -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
// expected-no-diagnostics
#include "kernel-api.h"

struct node { u32 value; struct node __user *next; };
void consume(u32 x);

int hoisted(u32 __user *p, u32 *to, unsigned int n)
{
	unsigned int i;

	if (!user_access_begin(p, n * sizeof(*p)))
		return -EFAULT;
	for (i = 0; i < n; i++)
		unsafe_get_user(to[i], p + i, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int sleeps(u32 __user *p, unsigned int n)
{
	unsigned int i;
	u32 x;

	for (i = 0; i < n; i++) {
		if (get_user(x, p + i))
			return -EFAULT;
		might_sleep();
	}
	return 0;
}

int calls_out(u32 __user *p, unsigned int n)
{
	unsigned int i;
	u32 x;

	for (i = 0; i < n; i++) {
		if (get_user(x, p + i))
			return -EFAULT;
		consume(x);
	}
	return 0;
}

// Where the next one is, the one before says.
int list(struct node __user *p)
{
	u32 x, total = 0;

	while (p) {
		if (get_user(x, &p->value) || get_user(p, &p->next))
			return -EFAULT;
		total += x;
	}
	return total;
}

// Where it ends is not known before.
int string(char __user *p)
{
	int n = 0;
	char c;

	do {
		if (get_user(c, p + n))
			return -EFAULT;
		n++;
	} while (c);
	return n;
}

int pointers(u32 __user **all, unsigned int n)
{
	unsigned int i;
	u32 x, total = 0;

	for (i = 0; i < n; i++) {
		if (get_user(x, all[i]))
			return -EFAULT;
		total += x;
	}
	return total;
}

int large(void *to, const void __user *from, size_t each, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (copy_from_user(to, from, each))
			return -EFAULT;
	return 0;
}

int no_loop(u32 __user *p)
{
	u32 x, y;

	return get_user(x, p) || get_user(y, p + 1) ? -EFAULT : (int)(x + y);
}

// One region has one range.
int arrays(u32 __user *p, u32 __user *q, const u32 *from, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (put_user(from[i], p + i) || put_user(from[i], q + i))
			return -EFAULT;
	return 0;
}
