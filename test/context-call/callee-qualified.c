// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every way for a callee to carry the qualifier: one declaration is enough, wherever it stands.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int __uaccess before_name(int);
__uaccess int before_type(int);
int after(int) __uaccess;
extern int with_extern(int) __uaccess;
const char *__uaccess returns_pointer(int);

int on_first(int) __uaccess;
int on_first(int);

int on_second(int);
int on_second(int) __uaccess;

static int on_static_prototype(int) __uaccess;
static int on_static_prototype(int n)
{
	return n;
}

static inline int __uaccess on_definition(int n)
{
	return n;
}

typedef int accessor(int) __uaccess;
accessor from_typedef;

// Of two declarators only the one that carries it.
int first_of_line(int) __uaccess, second_of_line(int);
__uaccess int all_of_line(int), all_of_line_too(int);

int caller(int n)
{
	before_name(n); // expected-warning {{'caller' calls 'before_name', which needs context 'uaccess'}}
	before_type(n); // expected-warning {{'caller' calls 'before_type', which}}
	after(n); // expected-warning {{'caller' calls 'after', which}}
	with_extern(n); // expected-warning {{'caller' calls 'with_extern', which}}
	returns_pointer(n); // expected-warning {{'caller' calls 'returns_pointer', which}}
	on_first(n); // expected-warning {{'caller' calls 'on_first', which}}
	on_second(n); // expected-warning {{'caller' calls 'on_second', which}}
	on_static_prototype(n); // expected-warning {{'caller' calls 'on_static_prototype', which}}
	on_definition(n); // expected-warning {{'caller' calls 'on_definition', which}}
	from_typedef(n); // expected-warning {{'caller' calls 'from_typedef', which}}
	first_of_line(n); // expected-warning {{'caller' calls 'first_of_line', which}}
	second_of_line(n);
	all_of_line(n); // expected-warning {{'caller' calls 'all_of_line', which}}
	return all_of_line_too(n); // expected-warning {{'caller' calls 'all_of_line_too', which}}
}
