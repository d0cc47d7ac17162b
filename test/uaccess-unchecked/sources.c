// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where an address comes from: a system call, a pointer that moves, a helper that returns it.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct pt_regs { unsigned long di, si; };
struct item { int a, b; };
struct piece { char __user *at; size_t size; };

static long do_call(int __user *p)
{
	int x;

	return __get_user(x, p) ?: x; // expected-warning {{'__get_user' reads user memory through 'p', which nothing has checked}}
}
static long cast_call(long p) { return do_call((int __user *)p); }
long call(const struct pt_regs *regs) { return cast_call(regs->di); }

int moves(struct item __user *p, int n)
{
	int x = 0;

	while (n--)
		if (__get_user(x, &p++->b)) // expected-warning {{which nothing has checked}}
			return -EFAULT;
	return x;
}

int moves_before(int __user *p)
{
	int x;

	p++;
	return __get_user(x, p) ?: x; // expected-warning {{which nothing has checked}}
}

int moves_in_what_was_checked(struct item __user *p, size_t n)
{
	int x = 0;

	if (n > 8 || !access_ok(p, n * sizeof(*p)))
		return -EFAULT;
	while (n--)
		if (__get_user(x, &p++->b))
			return -EFAULT;
	return x;
}

int first_of_checked(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	return __get_user(x, p++) ?: x;
}

// Helpers: of whom nothing is known, that say where they have it from, that check.
void __user *below_the_stack(unsigned long n);
int __user *next(int __user *p);

static int __user *unchecked(unsigned long n) { return below_the_stack(n); }

static int __user *checked(unsigned long n)
{
	int __user *p = below_the_stack(n);

	return access_ok(p, n) ? p : NULL;
}

int helpers(u32 __user *length)
{
	int __user *p, *q;
	u32 n;

	if (get_user(n, length))
		return -EFAULT;
	p = checked(n);
	q = unchecked(n);
	if (!p || __put_user(1, p))
		return -EFAULT;
	return __put_user(1, q); // expected-warning {{'__put_user' writes user memory through 'q', which nothing has checked}}
}

int from_what_is_checked(int __user *p)
{
	int x;

	return access_ok(p, 8) ? __get_user(x, next(p)) ?: x : -EFAULT;
}

// Who asks about one piece has no reason to trust the next.
int pieces(struct piece *p)
{
	char a, b;

	if (get_user(a, p[0].at))
		return -EFAULT;
	return __get_user(b, p[1].at) ?: a + b; // expected-warning {{'__get_user' reads user memory through 'p[1].at', beyond what was checked}}
}
