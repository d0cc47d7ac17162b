// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An accessor that does not check, and nobody who did.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct info { int a, b; struct info __user *next; };

int plain(int __user *p)
{
	int x;

	return __get_user(x, p) ?: x; // expected-warning {{'__get_user' reads user memory through 'p', which nothing has checked; call 'access_ok' or open the region with 'user_access_begin(ptr, len)' [airlock-uaccess-unchecked]}}
}

// CVE-2017-5123, waitid(): the check went away when the accesses were put into a region.
int waitid(struct info __user *infop, int a)
{
	__uaccess_begin();
	unsafe_put_user(a, &infop->a, fault); // expected-warning {{'unsafe_put_user' writes user memory through '&infop->a', which nothing has checked}}
	unsafe_put_user(a, &infop->b, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int before_the_check(int __user *p)
{
	int x, error = __get_user(x, p); // expected-warning {{through 'p', which nothing has checked}}

	return access_ok(p, sizeof(*p)) ? error : x;
}

int where_it_failed(int __user *p)
{
	int x = 0;

	if (!access_ok(p, sizeof(*p)))
		return __get_user(x, p); // expected-warning {{through 'p', which nothing has checked}}
	return x;
}

int another_one(int __user *p, int __user *q)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	return __get_user(x, q) ?: x; // expected-warning {{through 'q', which nothing has checked}}
}

// What was checked is not what it is any more.
int assigned(int __user *p, int __user *q)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	p = q;
	return __get_user(x, p) ?: x; // expected-warning {{through 'p', which nothing has checked}}
}

// User memory says where: what was checked is where that was said.
int followed(struct info __user *p)
{
	struct info __user *next;
	int x;

	if (!access_ok(p, sizeof(*p)) || __get_user(next, &p->next))
		return -EFAULT;
	return __get_user(x, &next->a) ?: x; // expected-warning {{through '&next->a', which nothing has checked}} expected-note {{'&next->a' comes from user memory itself}}
}

// Who is called by itself alone has no callers that are seen.
int calls_itself(int __user *p, int depth)
{
	int x = 0;

	if (depth)
		calls_itself(p, depth - 1);
	return __get_user(x, p) ?: x; // expected-warning {{through 'p', which nothing has checked}}
}

// expected-note@api-user.h:* 7 {{'__get_user' does not check the address by itself}}
// expected-note@api-user.h:* {{'unsafe_put_user' does not check the address by itself}}
