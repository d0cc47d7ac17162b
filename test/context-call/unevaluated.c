// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is never evaluated is no call: sizeof, typeof, _Alignof, _Generic, choose_expr; a variable array's size is one.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;
int (*handler)(int) __uaccess;
int plain(int);

unsigned long not_evaluated(int n)
{
	__typeof__(get_value(n)) copy = n;
	unsigned long size = sizeof(get_value(n)) + sizeof get_value(n) + sizeof(handler(n));

	size += _Alignof(__typeof__(get_value(n)));
	size += _Generic(get_value(n), int: 1, default: 2);
	size += _Generic(n, int: plain(n), default: get_value(n));
	size += __builtin_choose_expr(1, plain(n), get_value(n));
	size += __builtin_types_compatible_p(__typeof__(get_value(n)), int);
	size += __builtin_constant_p(get_value(n));
	return size + copy;
}

unsigned long evaluated(int n)
{
	unsigned long size = sizeof(int[get_value(n)]); // expected-warning {{'evaluated' calls 'get_value'}}

	size += _Generic(n, int: get_value(n), default: plain(n)); // expected-warning {{'evaluated' calls 'get_value'}}
	size += __builtin_choose_expr(0, plain(n), get_value(n)); // expected-warning {{'evaluated' calls 'get_value'}}
	return size;
}
