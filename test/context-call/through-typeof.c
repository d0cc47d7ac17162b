// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// typeof and __auto_type copy the context together with the type; nothing is dropped on the way.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;

struct ops {
	int (*run)(int) __uaccess;
	int (*plain_run)(int);
};

int get_value(int) __uaccess;
int plain(int);
static int (*handler)(int) __uaccess;

int auto_type(struct ops *o, int n)
{
	__auto_type a = get_value;
	__auto_type b = &get_value;
	__auto_type c = handler;
	__auto_type d = o->run;
	__auto_type e = d;
	__auto_type p = plain;
	__auto_type q = o->plain_run;

	a(n); // expected-warning {{'auto_type' calls through 'a', which needs context 'uaccess'}}
	b(n); // expected-warning {{'auto_type' calls through 'b', which}}
	c(n); // expected-warning {{'auto_type' calls through 'c', which}}
	d(n); // expected-warning {{'auto_type' calls through 'd', which}}
	e(n); // expected-warning {{'auto_type' calls through 'e', which}}
	p(n);
	return q(n);
}

int type_of(struct ops *o, int n)
{
	__typeof__(get_value) *a = get_value;
	__typeof__(&get_value) b = get_value;
	__typeof__(handler) c = handler;
	__typeof__(o->run) d = o->run;
	__typeof__(((struct ops *)0)->run) e = o->run;
	__typeof__(uaccess_fn) f = handler;
	__typeof__(*handler) *g = handler;
	__typeof__(plain) *p = plain;
	__typeof__(o->plain_run) q = o->plain_run;

	a(n); // expected-warning {{'type_of' calls through 'a', which needs context 'uaccess'}}
	b(n); // expected-warning {{'type_of' calls through 'b', which}}
	c(n); // expected-warning {{'type_of' calls through 'c', which}}
	d(n); // expected-warning {{'type_of' calls through 'd', which}}
	e(n); // expected-warning {{'type_of' calls through 'e', which}}
	f(n); // expected-warning {{'type_of' calls through 'f', which}}
	g(n); // expected-warning {{'type_of' calls through 'g', which}}
	p(n);
	return q(n);
}

// A function declared with typeof of a qualified one is qualified, too.
__typeof__(get_value) get_other;
__typeof__(plain) plain_other;

int declared(int n)
{
	plain_other(n);
	return get_other(n); // expected-warning {{'declared' calls 'get_other', which needs context 'uaccess'}}
}

int __uaccess inside(struct ops *o, int n)
{
	__auto_type a = o->run;
	__typeof__(get_value) *b = get_value;

	return a(n) + b(n) + get_other(n);
}
