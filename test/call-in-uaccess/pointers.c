// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Calls through pointers: only what the pointer itself promises is known.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

struct ops {
	int (*fn)(int);
	int (*safe)(int) __uaccess_safe;
};

extern int (*hook)(int);
extern int (*safe_hook)(int) __uaccess_safe;

void through_field(u32 __user *p, u32 value, const struct ops *ops)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	ops->fn(value); // expected-warning {{'through_field' calls through 'ops.fn' while a user access region is open; nothing says that it is safe [airlock-call-in-uaccess]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
	ops->fn(value);
}

void through_variable(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	hook(value); // expected-warning {{'through_variable' calls through 'hook' while a user access region is open; nothing says that it is safe [airlock-call-in-uaccess]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void through_parameter(u32 __user *p, u32 value, int (*fn)(int))
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	(*fn)(value); // expected-warning {{'through_parameter' calls through 'fn' while a user access region is open; nothing says that it is safe [airlock-call-in-uaccess]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void through_safe_pointers(u32 __user *p, u32 value, const struct ops *ops, int (*fn)(int) __uaccess_safe)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value += ops->safe(value) + safe_hook(value) + fn(value);
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

typedef int safe_fn(int) __uaccess_safe;

void through_typedef(u32 __user *p, u32 value, safe_fn *fn)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	fn(value);
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

// Loading a pointer, or passing it, calls nothing.
void not_called(u32 __user *p, u32 value, struct ops *ops)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	hook = ops->fn;
	ops->fn = plain;
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}
