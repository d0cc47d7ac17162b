// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __context_entry: the body is in the context and anyone may call it; it lends the context to nobody else.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;

int __context_entry(uaccess) enter(int n)
{
	return get_value(n);
}

int enter_by_prototype(int) __context_entry(uaccess);
int enter_by_prototype(int n)
{
	return get_value(n);
}

static int enter_by_later(int n)
{
	return get_value(n);
}
static int enter_by_later(int) __context_entry(uaccess);

int outside(int n)
{
	return enter(n) + enter_by_prototype(n) + enter_by_later(n);
}

int __uaccess inside(int n)
{
	return enter(n) + get_value(n);
}

int __context_entry(uaccess) nested(int n)
{
	return enter(n) + inside(n);
}

// To call an entry does not put the caller in the context.
int still_outside(int n)
{
	enter(n);
	return get_value(n); // expected-warning {{'still_outside' calls 'get_value', which needs context 'uaccess'}}
}
