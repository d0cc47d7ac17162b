// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions of system headers are not reported; what they declare and define binds the user's own functions.
// RUN: %airlock_cc -isystem %S/Inputs/system -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>
#include <accessors.h>

int outside(int n)
{
	return get_system_value(n); // expected-warning {{'outside' calls 'get_system_value', which needs context 'uaccess'}}
}

int through_macro(int n)
{
	return GET_SYSTEM_VALUE(n); // expected-warning {{'through_macro' calls 'get_system_value'}}
}

int through_helper(int n)
{
	return system_helper(n);
}
