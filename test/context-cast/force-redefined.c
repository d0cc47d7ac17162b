// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The code base may define __force itself, after the header or before it, and change its mind.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#define __force
#include <airlock.h>
#define __force

typedef int (*plain_fn)(int);

int get_value(int) __uaccess;

plain_fn defined_twice(void)
{
	return (__force plain_fn)get_value;
}

#undef __force
#define __force volatile

plain_fn defined_anew(int n)
{
	if (n)
		return (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'}}
	return (__force plain_fn)get_value;
}
