// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Declarations inside a function: of functions, of types and of pointers.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int function(int n)
{
	extern int get_local(int) __uaccess;
	int plain_local(int);

	plain_local(n);
	return get_local(n); // expected-warning {{'function' calls 'get_local', which needs context 'uaccess'}}
}

int types(void *data, int n)
{
	typedef int (*uaccess_fn)(int) __uaccess;
	typedef int (*plain_fn)(int);
	struct local_ops {
		int (*run)(int) __uaccess;
		int (*plain_run)(int);
	} *o = data;
	uaccess_fn f = data;
	plain_fn p = data;

	f(n); // expected-warning {{'types' calls through 'f', which}}
	o->run(n); // expected-warning {{'types' calls through 'local_ops.run', which}}
	o->plain_run(n);
	return p(n);
}

// An inner pointer hides the outer one of the same name, and its qualifier.
static int (*handler)(int) __uaccess;

int hidden(void *data, int n)
{
	{
		int (*handler)(int) = data;

		handler(n);
	}
	return handler(n); // expected-warning {{'hidden' calls through 'handler', which}}
}

// The qualifier of a block-scope declaration is the function's own.
int get_block(int);

int __uaccess inside(int n)
{
	int get_block(int) __uaccess;

	return get_block(n);
}

int outside(int n)
{
	return get_block(n); // expected-warning {{'outside' calls 'get_block', which}}
}
