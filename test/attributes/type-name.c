// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// In a type name there is no declaration to carry the qualifier: Clang says that it ignores it there. A typedef is the way.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;

int get_value(int) __uaccess;

void casts(uaccess_fn f)
{
	f = (int (*__uaccess)(int))get_value; // expected-warning {{attribute ignored when parsing type}} expected-warning {{cast of 'get_value' to 'int (*)(int)' drops context 'uaccess'}}
	f = (uaccess_fn)get_value;
}
