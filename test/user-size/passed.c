// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A size that a helper is given: by value, in a struct, with the place; that a helper returns; that a system call gets.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct pt_regs { unsigned long di, si; };
struct request { u32 length, id; };
int consume(const void *data);

static int by_value(char __user *p, u32 n)
{
	char buffer[16];

	return copy_from_user(buffer, p, n) ? -EFAULT : consume(buffer); // expected-warning {{copies as many bytes as user space says to 'buffer', which has 16 bytes}}
}

int gives_value(char __user *p, u32 __user *length)
{
	u32 n;

	return get_user(n, length) ? -EFAULT : by_value(p, n); // expected-note {{'gives_value' calls 'by_value' here}}
}

static int by_value_right(char __user *p, u32 n)
{
	char buffer[16];

	return copy_from_user(buffer, p, n) ? -EFAULT : consume(buffer);
}

int gives_right_value(char __user *p, u32 __user *length)
{
	u32 n;

	if (get_user(n, length) || n > 16)
		return -EFAULT;
	return by_value_right(p, n) + by_value_right(p, 12);
}

static int in_struct(char __user *p, const struct request *r)
{
	char buffer[16];

	return copy_from_user(buffer, p, r->length) ? -EFAULT : consume(buffer); // expected-warning {{to 'buffer', which has 16 bytes}}
}

static int one_between(char __user *p, const struct request *r) { return r->id ? in_struct(p, r) : 0; } // expected-note {{'one_between' calls 'in_struct' here}}

int gives_struct(char __user *p, struct request __user *u)
{
	struct request r;

	return copy_from_user(&r, u, sizeof(r)) ? -EFAULT : one_between(p, &r); // expected-note {{'gives_struct' calls 'one_between' here}}
}

static int in_struct_right(char __user *p, const struct request *r)
{
	char buffer[16];

	return copy_from_user(buffer, p, r->length) ? -EFAULT : consume(buffer);
}

int gives_right_struct(char __user *p, struct request __user *u)
{
	struct request r;

	if (copy_from_user(&r, u, sizeof(r)) || r.length > 16)
		return -EFAULT;
	return in_struct_right(p, &r);
}

static int to_place(char *to, char __user *p, u32 n) { return copy_from_user(to, p, n) ? -EFAULT : 0; } // expected-warning {{to 'to', which has 8 bytes}}

int gives_place(char __user *p, u32 __user *length)
{
	char buffer[8], large[64];
	u32 n;

	if (get_user(n, length) || n > 64)
		return -EFAULT;
	return to_place(large, p, n) ?: to_place(buffer, p, n); // expected-note {{'gives_place' calls 'to_place' here}}
}

static u32 fetch(struct request __user *u)
{
	u32 n;

	if (get_user(n, &u->length))
		return 0;
	return n;
}

static u32 fetch_small(struct request __user *u)
{
	u32 n;

	if (get_user(n, &u->length) || n > 16)
		return 0;
	return n;
}

int is_returned(char __user *p, struct request __user *u)
{
	char buffer[16];
	u32 small = fetch_small(u), n = fetch(u);

	if (copy_from_user(buffer, p, small))
		return -EFAULT;
	return copy_from_user(buffer, p, n) ? -EFAULT : consume(buffer); // expected-warning {{to 'buffer', which has 16 bytes}}
}

// A register of a system call is as user space has left it.
static long do_call(char __user *p, int n)
{
	char buffer[16];

	if (n > 16)
		return -EINVAL;
	return copy_from_user(buffer, p, n) ? -EFAULT : consume(buffer); // expected-warning {{may be less than zero}}
}

static long cast_call(long p, long n) { return do_call((char __user *)p, (int)n); } // expected-note {{'cast_call' calls 'do_call' here}}

long call(const struct pt_regs *regs) { return cast_call(regs->di, regs->si); } // expected-note {{'call' calls 'cast_call' here}}
