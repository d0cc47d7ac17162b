// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A model gives functions their qualifier and entries: the same rules as for annotations in the source.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/functions.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Without the model nothing is qualified but what the source says.
// RUN: %airlock_cc -Xclang -verify=source -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int);
int plain(int);
int in_source(int) __uaccess;

int outside(int n)
{
	return get_value(n); // expected-warning {{'outside' calls 'get_value', which needs context 'uaccess', but is not in that context itself; annotate 'outside' with '__uaccess' [airlock-context-call]}}
}

static int helper(int n)
{
	return get_value(n);
}

int enter(int n)
{
	return get_value(n) + helper(n);
}

int __uaccess inside(int n)
{
	return get_value(n) + helper(n);
}

int calls_enter(int n)
{
	return enter(n) + plain(n);
}

int (*slot)(int) = get_value; // expected-warning {{initializing 'slot' with 'get_value' drops context 'uaccess'}}
int (*qualified_slot)(int) __uaccess = get_value;
int (*entry_slot)(int) = enter;

void *casts(int n)
{
	return n ? (void *)get_value : (__force void *)get_value; // expected-warning {{cast of 'get_value' to 'void *' drops context 'uaccess'}}
}

int both_kinds(int n)
{
	return in_source(n); // expected-warning {{'both_kinds' calls 'in_source'}} source-warning {{'both_kinds' calls 'in_source'}}
}
