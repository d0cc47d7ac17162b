// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Of several contexts a cast drops those that its type does not name; __force covers them all.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../context-call/Inputs/two-contexts.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

#define __irq __in_context(irq)

typedef int (*both_fn)(int) __uaccess __irq;
typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

int both(int) __uaccess __irq;

void casts(void)
{
	both_fn b = (both_fn)both;
	uaccess_fn u = (uaccess_fn)both; // expected-warning {{cast of 'both' to 'uaccess_fn' drops context 'irq'}}
	// expected-warning@+2 {{cast of 'both' to 'plain_fn' drops context 'uaccess'}}
	// expected-warning@+1 {{cast of 'both' to 'plain_fn' drops context 'irq'}}
	plain_fn p = (plain_fn)both;

	u = (__force uaccess_fn)both;
	p = (__force plain_fn)both;
	b = (both_fn)u;
	(void)b;
	(void)p;
}
