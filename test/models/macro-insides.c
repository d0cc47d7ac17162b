// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The calls inside a transparent macro count, those inside an opaque one do not. The body of a macro that carries a
// context runs in it, as a function's does: one finding for the expansion says it all.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/macros.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int load(int) __uaccess;

#define fetch_value(n) load(n)
#define fetch_opaque(n) load(n)

int opaque(int n)
{
	return fetch_opaque(n); // expected-warning {{'opaque' expands 'fetch_opaque', which needs context 'uaccess'}}
}

// What is passed to an opaque macro is the caller's own.
int opaque_argument(int n)
{
	return fetch_opaque(load(n)); // expected-warning {{'opaque_argument' expands 'fetch_opaque'}} expected-warning {{'opaque_argument' calls 'load'}}
}

int transparent(int n)
{
	return fetch_value(n); // expected-warning {{'transparent' expands 'fetch_value'}}
}

#define unqualified(n) load(n)

int through_unqualified(int n)
{
	return unqualified(n); // expected-warning {{'through_unqualified' calls 'load'}}
}

int __uaccess inside(int n)
{
	return fetch_opaque(n) + fetch_value(n) + load(n);
}
