// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A function that the compiler knows, such as memcpy(), is a function like any other.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

void *memcpy(void *, const void *, unsigned long) __uaccess;

void outside(char *to, const char *from, int n)
{
	memcpy(to, from, 4); // expected-warning {{'outside' calls 'memcpy'}}
	__builtin_prefetch(to);
	if (__builtin_expect(n, 0))
		__builtin_unreachable();
}
