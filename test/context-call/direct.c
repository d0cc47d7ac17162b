// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A direct call of a qualified function: the whole text, and the callers that may make it.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;
int plain(int);

int outside(int n)
{
	return get_value(n); // expected-warning {{'outside' calls 'get_value', which needs context 'uaccess', but is not in that context itself; annotate 'outside' with '__uaccess' [airlock-context-call]}}
}

// The qualifier of the caller makes the call fine.
int __uaccess inside(int n)
{
	return get_value(n);
}

// One caller up, the rule is the same.
int above(int n)
{
	return inside(n); // expected-warning {{'above' calls 'inside', which needs context 'uaccess'}}
}

// Every call is a finding of its own, also two on one line.
int twice(int n)
{
	int r = get_value(n); // expected-warning {{'twice' calls 'get_value'}}

	return r + get_value(1) + get_value(2); // expected-warning 2 {{'twice' calls 'get_value'}}
}

// A function that needs no context may be called from anywhere.
int __uaccess inside_calls_plain(int n)
{
	return plain(n);
}

int outside_calls_plain(int n)
{
	return plain(n);
}
