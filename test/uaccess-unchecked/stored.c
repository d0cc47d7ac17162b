// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An address that is kept in a field may be checked where it is put there: advice, and none where it says so.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Werror %s
#include "kernel-api.h"
#include <airlock.h>

struct queue { int __user *used; int __user *good __prevalidated; };

int stored(struct queue *q)
{
	int x;

	return __get_user(x, q->used) ?: x; // expected-remark {{'__get_user' reads user memory through 'q->used', which nothing here checks; if it is checked where it is stored, declare it '__prevalidated' [airlock-uaccess-unchecked]}}
}

int declared(struct queue *q)
{
	int x;

	return __get_user(x, q->good) ?: x;
}

int checked_here(struct queue *q)
{
	int x;

	if (!access_ok(q->used, sizeof(*q->used)))
		return -EFAULT;
	return __get_user(x, q->used) ?: x;
}

// expected-note@api-user.h:* {{'__get_user' does not check the address by itself}}
