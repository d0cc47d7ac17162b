// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callee without a prototype promises nothing about its arguments. (C23 has no such functions.)
// RUN: %airlock_cc -std=gnu11 -Wno-deprecated-non-prototype -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Wno-deprecated-non-prototype -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;
int plain(int);
int old();
struct ops {
	int (*old_style)();
};

void caller(struct ops *o, int (*slot)(int) __uaccess)
{
	old(get_value); // expected-warning {{passing 'get_value' to 'old', which has no prototype, drops context 'uaccess'}}
	old(1, slot); // expected-warning {{passing 'slot' to 'old', which has no prototype, drops context 'uaccess'}}
	o->old_style(get_value); // expected-warning {{passing 'get_value' to 'ops.old_style', which has no prototype, drops context 'uaccess'}}
	old(plain);
	o->old_style(plain);
}
