// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A declaration that comes late still binds the calls before it: declarations are merged.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int added(int);

int early(int n)
{
	return added(n); // expected-warning {{'early' calls 'added', which needs context 'uaccess'}}
}

int (*early_slot)(int) = added; // expected-warning {{initializing 'early_slot' with 'added' drops context 'uaccess'}}

int added(int) __uaccess; // expected-warning {{redeclaration of 'added' adds context 'uaccess' after its first use}}

int late(int n)
{
	return added(n); // expected-warning {{'late' calls 'added', which needs context 'uaccess'}}
}
