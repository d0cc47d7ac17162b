// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A suppression silences this rule, where it is written.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

__airlock_allow("user-address-space", "the vdso's own memory")
int silent(int __user *p, int **to)
{
	*to = p;
	return *p;
}

int loud(int __user *p, int **to)
{
	int *q __airlock_allow("user-address-space", "compared only") = p;

	*to = p;	// expected-warning {{drops '__user'}}
	return q == *to;
}
