// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// C23: nullptr and bool convert and compare freely; typeof and auto keep the context.
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

int get_value(int) __uaccess;
int variadic(...);

bool clean(uaccess_fn f)
{
	uaccess_fn empty = {};
	constexpr uaccess_fn none = nullptr;
	typeof(f) g = get_value;
	bool b = f;

	f = nullptr;
	b = f == nullptr;
	b = nullptr != g;
	f = none;
	f = empty;
	return b;
}

void drops(uaccess_fn f)
{
	auto g = f;
	typeof(f) h = f;
	plain_fn p = g; // expected-warning {{initializing 'p' with 'g' drops context 'uaccess'}}

	p = h; // expected-warning {{assigning 'h' to 'p' drops context 'uaccess'}}
	p = f; // expected-warning {{assigning 'f' to 'p' drops context 'uaccess'}}
	variadic(f); // expected-warning {{passing 'f' as a variadic argument of 'variadic' drops context 'uaccess'}}
	g(1); // expected-warning {{'drops' calls through 'g', which needs context 'uaccess'}}
}
