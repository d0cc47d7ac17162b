// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A parameter is qualified when any declaration of its function says so; redeclarations share their parameters.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;

void on_prototype(int (*cb)(int) __uaccess);
void on_definition(int (*cb)(int));
void nowhere(int (*cb)(int));

void caller(void)
{
	on_prototype(get_value);
	nowhere(get_value); // expected-warning {{passing 'get_value' to parameter 'cb' of 'nowhere' drops context 'uaccess'}}
}

// The definition inherits the qualifier of its prototype's parameter: this call needs the context.
void on_prototype(int (*cb)(int))
{
	cb(1); // expected-warning {{'on_prototype' calls through 'cb', which needs context 'uaccess'}}
}

void nowhere(int (*cb)(int))
{
	cb(1);
}

void on_definition(int (*cb)(int) __uaccess)
{
	(void)cb;
}

void later(void)
{
	on_definition(get_value);
}
