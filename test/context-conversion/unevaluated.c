// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Nothing is converted where nothing is evaluated: sizeof, typeof, _Generic, arms not chosen, constant_p.
// RUN: %airlock_cc -std=gnu11 -Wno-unevaluated-expression -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Wno-unevaluated-expression -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Wno-unevaluated-expression -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Wno-unevaluated-expression -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

int get_value(int) __uaccess;
int plain(int);
int take(plain_fn cb);

unsigned long not_evaluated(uaccess_fn f, int n)
{
	plain_fn p = plain;
	__typeof__(p = f) copy = plain;
	__typeof__(take(f)) result = n;
	unsigned long size = sizeof(f) + sizeof(&get_value) + sizeof(p = f) + sizeof(take(get_value));

	size += _Generic(p = f, plain_fn: 1, default: 2);
	size += _Generic(take(f), int: 1, default: 2);
	size += _Generic(n, int: take(plain), default: take(f));
	size += __builtin_choose_expr(1, take(plain), take(f));
	size += __builtin_types_compatible_p(__typeof__(take(f)), int);
	size += __builtin_constant_p(take(f));
	size += __builtin_types_compatible_p(__typeof__(f), plain_fn);
	return size + result + !copy;
}
