// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every way for a caller to carry the qualifier: one declaration is enough, and the caller may call.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include <airlock.h>

int get_value(int) __uaccess;

int __uaccess on_definition(int n)
{
	return get_value(n);
}

__uaccess int before_the_type(int n)
{
	return get_value(n);
}

static inline int __uaccess on_static_inline(int n)
{
	return get_value(n);
}

const char *__uaccess returns_pointer(int n)
{
	return get_value(n) ? "yes" : "no";
}

int on_prototype(int) __uaccess;
int on_prototype(int n)
{
	return get_value(n);
}

static int on_static_prototype(int) __uaccess;
static int on_static_prototype(int n)
{
	return get_value(n);
}

int on_first_of_two(int) __uaccess;
int on_first_of_two(int);
int on_first_of_two(int n)
{
	return get_value(n);
}

// Nothing used it in between, so the order of the declarations does not matter.
int on_later_redeclaration(int n)
{
	return get_value(n);
}
int on_later_redeclaration(int) __uaccess;

typedef int accessor(int) __uaccess;
accessor from_function_typedef;
int from_function_typedef(int n)
{
	return get_value(n);
}

typedef accessor accessor_alias;
static accessor_alias from_typedef_of_typedef;
static int from_typedef_of_typedef(int n)
{
	return get_value(n);
}

__typeof__(get_value) from_typeof;
int from_typeof(int n)
{
	return get_value(n);
}

int __uaccess user(int n)
{
	return on_static_inline(n) + on_static_prototype(n) + from_typedef_of_typedef(n);
}
