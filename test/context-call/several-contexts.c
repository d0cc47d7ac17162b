// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Several contexts at once: each is needed for itself, and each that is missing is a finding.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/two-contexts.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

#define __irq __in_context(irq)

int get_value(int) __uaccess;
int ack(int) __irq;
int both(int) __uaccess __irq;

struct ops {
	int (*run)(int) __uaccess __irq;
};

int in_none(struct ops *o, int n)
{
	get_value(n); // expected-warning {{'in_none' calls 'get_value', which needs context 'uaccess'}}
	ack(n); // expected-warning {{'in_none' calls 'ack', which needs context 'irq'}}
	// expected-warning@+2 {{'in_none' calls 'both', which needs context 'uaccess'}}
	// expected-warning@+1 {{'in_none' calls 'both', which needs context 'irq'}}
	both(n);
	// expected-warning@+2 {{'in_none' calls through 'ops.run', which needs context 'uaccess'}}
	// expected-warning@+1 {{'in_none' calls through 'ops.run', which needs context 'irq'}}
	return o->run(n);
}

int __uaccess in_one(struct ops *o, int n)
{
	get_value(n);
	ack(n); // expected-warning {{'in_one' calls 'ack', which needs context 'irq'}}
	both(n); // expected-warning {{'in_one' calls 'both', which needs context 'irq'}}
	return o->run(n); // expected-warning {{'in_one' calls through 'ops.run', which needs context 'irq'}}
}

int __uaccess __irq in_both(struct ops *o, int n)
{
	return get_value(n) + ack(n) + both(n) + o->run(n);
}

// One context from each declaration.
int merged(struct ops *, int) __uaccess;
int __irq merged(struct ops *o, int n)
{
	return get_value(n) + ack(n) + both(n) + o->run(n);
}

int __uaccess __context_entry(irq) one_entered(struct ops *o, int n)
{
	return get_value(n) + ack(n) + both(n) + o->run(n);
}

// The entry took irq upon itself; uaccess is still asked of its callers.
int calls_entry(struct ops *o, int n)
{
	return one_entered(o, n); // expected-warning {{'calls_entry' calls 'one_entered', which needs context 'uaccess'}}
}
