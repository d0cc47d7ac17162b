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

/* What one command has read says nothing of another's. */
static int set(struct info __user *p, struct info *to)
{
	return __copy_from_user(to, p, sizeof(*to)) ? -EFAULT : 0; // expected-warning {{'__copy_from_user' reads user memory through 'p', which nothing has checked}}
}

int command(struct info __user *p, struct info *to)
{
	int what;

	if (get_user(what, &p->a))
		return -EFAULT;
	if (what == 1 && copy_from_user(to, p, sizeof(*to)))
		return -EFAULT;
	return what ? set(p, to) : 0; // expected-note {{'command' calls 'set' here}}
}

static int set_right(struct info __user *p, struct info *to)
{
	return __copy_from_user(to, p, sizeof(*to)) ? -EFAULT : 0;
}

int command_right(struct info __user *p, struct info *to)
{
	if (copy_from_user(to, p, sizeof(*to)))
		return -EFAULT;
	return to->a ? set_right(p, to) : 0;
}

/* A check on one of the ways may go together with what comes later. */
int asked_together(struct info __user *p, struct info *to, int user)
{
	if (user && !access_ok(p, sizeof(*p)))
		return -EFAULT;
	return user ? __copy_from_user(to, p, sizeof(*to)) : 0;
}

// expected-note@api-user.h:* 2 {{'__copy_from_user' does not check the address by itself}}
// expected-note@api-user.h:* {{'__get_user' does not check the address by itself}}
