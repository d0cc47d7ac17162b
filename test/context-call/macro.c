// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A call that a macro makes belongs to the function that expands it, from the macro's body or from its argument.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;
int plain(int);

#define FETCH(n) get_value(n)
#define FETCH_VIA(n) FETCH((n) + 1)
#define CALL(f, n) f(n)
#define EVAL(x) (x)
#define DISCARD(x) 0
#define SIZE(x) sizeof(x)
#define DEFINE_READER(name) int name(int n) { return get_value(n); }
#define DEFINE_PLAIN_READER(name) int name(int n) { return plain(n); }
#define ACCESSOR __uaccess

int body(int n)
{
	return FETCH(n); // expected-warning {{'body' calls 'get_value', which needs context 'uaccess'}}
}

int two_levels(int n)
{
	return FETCH_VIA(n); // expected-warning {{'two_levels' calls 'get_value'}}
}

int argument(int n)
{
	return EVAL(get_value(n)); // expected-warning {{'argument' calls 'get_value'}}
}

int callee_argument(int n)
{
	return CALL(get_value, n); // expected-warning {{'callee_argument' calls 'get_value'}}
}

int both(int n)
{
	return EVAL(FETCH(n)); // expected-warning {{'both' calls 'get_value'}}
}

DEFINE_READER(reader) // expected-warning {{'reader' calls 'get_value'}}

DEFINE_PLAIN_READER(plain_reader)

int not_expanded(int n)
{
	return DISCARD(get_value(n)) + CALL(plain, n) + EVAL(plain(n));
}

unsigned long not_evaluated(int n)
{
	return SIZE(get_value(n)) + SIZE(FETCH(n));
}

int ACCESSOR inside(int n)
{
	return FETCH(n) + FETCH_VIA(n) + EVAL(get_value(n)) + CALL(get_value, n);
}
