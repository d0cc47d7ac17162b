// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A name that is a macro and a function at once is one call, not two.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/macros.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int both(int n);
#define both(n) both(n)

int outside(int n)
{
	return both(n); // expected-warning-re {{'outside' {{calls|expands}} 'both', which needs context 'uaccess'}}
}

// In parentheses it is the function alone.
int function_alone(int n)
{
	return (both)(n); // expected-warning {{'function_alone' calls 'both', which needs context 'uaccess'}}
}

int (*slot)(int) = both; // expected-warning {{initializing 'slot' with 'both' drops context 'uaccess'}}

int __uaccess inside(int n)
{
	return both(n) + (both)(n);
}
