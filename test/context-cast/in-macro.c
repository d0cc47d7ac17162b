// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A cast that a macro makes is reported where the macro is expanded.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*plain_fn)(int);

#define PLAIN(f) ((plain_fn)(f))
#define PLAIN_VIA(f) PLAIN(f)
#define EVAL(x) (x)
#define DISCARD(x) 0

int get_value(int) __uaccess;
int plain(int);

plain_fn casts(void)
{
	plain_fn p;

	p = PLAIN(get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'}}
	p = PLAIN_VIA(get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = EVAL((plain_fn)get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = PLAIN(plain);
	p = DISCARD((plain_fn)get_value);
	return p;
}
