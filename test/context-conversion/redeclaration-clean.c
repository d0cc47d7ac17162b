// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Redeclarations that need no word: before any use, the same again, and a definition that inherits.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include <airlock.h>

// The definition has the qualifier of the prototype.
int inherits(int) __uaccess;
int __uaccess uses_inherits(int n)
{
	return inherits(n);
}
int inherits(int n)
{
	return uses_inherits(n);
}

static int static_inherits(int) __uaccess;
int __uaccess uses_static_inherits(int n)
{
	return static_inherits(n);
}
static int static_inherits(int n)
{
	return n;
}

int before_use(int) __uaccess;
int before_use(int);
int added_before_use(int);
int added_before_use(int) __uaccess;
int __uaccess uses_both(int n)
{
	return before_use(n) + added_before_use(n);
}

int same(int) __uaccess;
int __uaccess uses_same(int n)
{
	return same(n);
}
int same(int) __uaccess;

int never_used(int) __uaccess;
int never_used(int);

// sizeof and typeof are no use.
int only_measured(int);
unsigned long size = sizeof(only_measured(1)) + sizeof(&only_measured);
__typeof__(only_measured) plain_copy;
int only_measured(int) __uaccess;

int plain(int);
int uses_plain(int n)
{
	return plain(n);
}
int plain(int);
int plain(int n)
{
	return n;
}
