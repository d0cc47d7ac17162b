// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The qualifier works from each place it may be written in: a call through what carries it is found.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

__uaccess int before(int);
int __uaccess inside(int);
int after(int) __uaccess;
int (*__uaccess returns_function(void))(int);

typedef int accessor(int) __uaccess;
typedef int __uaccess accessor_inside(int);
typedef __uaccess int accessor_before(int);
typedef int (*accessor_ptr)(int) __uaccess;
typedef int (*__uaccess accessor_ptr_inside)(int);
typedef __uaccess int (*accessor_ptr_before)(int);
typedef int (*accessor_table[2])(int) __uaccess;
accessor by_accessor;
accessor_inside by_accessor_inside;
accessor_before by_accessor_before;

int (*variable)(int) __uaccess;
int (*__uaccess variable_inside)(int);
__uaccess int (*variable_before)(int);
int (*const const_variable)(int) __uaccess = 0;
int (*matrix[2][2])(int) __uaccess;
int (*first)(int) __uaccess, (*second)(int);
accessor_table table;
const accessor_ptr const_typed = 0;
volatile accessor_ptr volatile_typed;
_Atomic(accessor_ptr) atomic_typed;

struct ops {
	int (*field)(int) __uaccess;
	int (*__uaccess field_inside)(int);
	__uaccess int (*field_before)(int);
	int (*first)(int) __uaccess, (*second)(int);
	const accessor_ptr typed;
	accessor *by_function;
	accessor_table table;
};

int functions(int n)
{
	before(n); // expected-warning {{'functions' calls 'before', which needs context 'uaccess'}}
	inside(n); // expected-warning {{'functions' calls 'inside', which}}
	after(n); // expected-warning {{'functions' calls 'after', which}}
	by_accessor(n); // expected-warning {{'functions' calls 'by_accessor', which}}
	by_accessor_inside(n); // expected-warning {{'functions' calls 'by_accessor_inside', which}}
	by_accessor_before(n); // expected-warning {{'functions' calls 'by_accessor_before', which}}
	// It is the function that is qualified, not the pointer it returns.
	return returns_function()(n); // expected-warning {{'functions' calls 'returns_function', which}}
}

int variables(accessor_ptr a, accessor_ptr_inside b, accessor_ptr_before c, accessor *d, int n)
{
	variable(n); // expected-warning {{'variables' calls through 'variable', which}}
	variable_inside(n); // expected-warning {{'variables' calls through 'variable_inside', which}}
	variable_before(n); // expected-warning {{'variables' calls through 'variable_before', which}}
	const_variable(n); // expected-warning {{'variables' calls through 'const_variable', which}}
	matrix[0][n](n); // expected-warning {{'variables' calls through 'matrix', which}}
	first(n); // expected-warning {{'variables' calls through 'first', which}}
	second(n);
	table[n](n); // expected-warning {{'variables' calls through 'table', which}}
	const_typed(n); // expected-warning {{'variables' calls through 'const_typed', which}}
	volatile_typed(n); // expected-warning {{'variables' calls through 'volatile_typed', which}}
	atomic_typed(n); // expected-warning {{'variables' calls through 'atomic_typed', which}}
	a(n); // expected-warning {{'variables' calls through 'a', which}}
	b(n); // expected-warning {{'variables' calls through 'b', which}}
	c(n); // expected-warning {{'variables' calls through 'c', which}}
	return d(n); // expected-warning {{'variables' calls through 'd', which}}
}

int parameters(int (*a)(int) __uaccess, int (*__uaccess b)(int), __uaccess int (*c)(int), int d(int) __uaccess,
	       int (*e[])(int) __uaccess, int (*plain)(int), int n)
{
	a(n); // expected-warning {{'parameters' calls through 'a', which}}
	b(n); // expected-warning {{'parameters' calls through 'b', which}}
	c(n); // expected-warning {{'parameters' calls through 'c', which}}
	d(n); // expected-warning {{'parameters' calls through 'd', which}}
	e[n](n); // expected-warning {{'parameters' calls through 'e', which}}
	return plain(n);
}

int fields(struct ops *o, int n)
{
	o->field(n); // expected-warning {{'fields' calls through 'ops.field', which}}
	o->field_inside(n); // expected-warning {{'fields' calls through 'ops.field_inside', which}}
	o->field_before(n); // expected-warning {{'fields' calls through 'ops.field_before', which}}
	o->first(n); // expected-warning {{'fields' calls through 'ops.first', which}}
	o->second(n);
	o->typed(n); // expected-warning {{'fields' calls through 'ops.typed', which}}
	o->by_function(n); // expected-warning {{'fields' calls through 'ops.by_function', which}}
	return o->table[n](n); // expected-warning {{'fields' calls through 'ops.table', which}}
}
