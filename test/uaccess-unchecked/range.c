// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What was checked is shorter than what is used.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct info { int a, b; struct info __user *next; };

int too_short(struct info __user *p, void *to)
{
	if (!access_ok(p, sizeof(p->a)))
		return -EFAULT;
	return __copy_from_user(to, p, sizeof(*p)); // expected-warning {{'__copy_from_user' reads user memory through 'p', beyond what was checked; check the whole range}}
}

int second_field(struct info __user *p)
{
	int x;

	if (!access_ok(&p->a, sizeof(p->a)))
		return -EFAULT;
	return __get_user(x, &p->b) ?: x; // expected-warning {{'__get_user' reads user memory through '&p->b', beyond what was checked}}
}

// expected-note@api-user.h:* {{'__copy_from_user' does not check the address by itself}}
// expected-note@api-user.h:* {{'__get_user' does not check the address by itself}}
