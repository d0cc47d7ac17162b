// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>

int fetch(int value) __uaccess;

/* The next two reach fetch(), and are called by who needs to know. */
static int __uaccess inner(int value) { return fetch(value); }
int __uaccess outer(int value) { return inner(value); }

/* These do not, any more; a cycle does not keep itself alive. */
static int __uaccess idle(int value) { return value; }
int ping(int value) __uaccess;
int __uaccess pong(int value) { return value ? ping(value - 1) : 0; }
int __uaccess ping(int value) { return pong(value) + idle(value); }

struct ops {
	int (*__uaccess used)(int);
	int (*__uaccess unused)(int);
};

int __context_entry(uaccess) enter(struct ops *ops)
{
	ops->used = outer;
	return ops->used(1) + ops->unused(2);
}
