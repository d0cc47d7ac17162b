// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Of several contexts, each that is dropped is a finding, and one that is kept is none.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../context-call/Inputs/two-contexts.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

#define __irq __in_context(irq)

typedef int (*both_fn)(int) __uaccess __irq;
typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*irq_fn)(int) __irq;
typedef int (*plain_fn)(int);

int both(int) __uaccess __irq;

void caller(void)
{
	both_fn b = both;
	uaccess_fn u = both; // expected-warning {{initializing 'u' with 'both' drops context 'irq'}}
	irq_fn i = b; // expected-warning {{initializing 'i' with 'b' drops context 'uaccess'}}
	// expected-warning@+2 {{initializing 'p' with 'both' drops context 'uaccess'}}
	// expected-warning@+1 {{initializing 'p' with 'both' drops context 'irq'}}
	plain_fn p = both;

	b = u;
	b = i;
	u = i; // expected-warning {{assigning 'i' to 'u' drops context 'irq'}}
	b = p;
}
