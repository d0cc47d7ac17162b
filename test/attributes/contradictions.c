// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Two annotations of one thing that cannot both be meant are an error, on one declaration or on several; the unit is not analysed
// and no object is written.
// RUN: %airlock_cc -Xclang -verify %s
// RUN: rm -f %t.o && not %clang -fplugin=%airlock_so -I %src/annotations/include -c %s -o %t.o 2>/dev/null
// RUN: not ls %t.o
// RUN: %exits 3 %airlock check %s -- -I %src/annotations/include > %t.txt 2>&1
// RUN: FileCheck %s --check-prefix=CHECK --input-file=%t.txt
// CHECK: contradictions.c:[[#@LINE+8]]:{{[0-9]+}}: error: 'both' may sleep and promises '__no_sleep'
// CHECK: (1 failed
// Without annotations for anybody else.
// RUN: %clang -fsyntax-only -Wall -Werror -I %src/annotations/include %s
#include <airlock.h>

// expected-note@+2 {{the other annotation is here}}
// expected-error@+1 {{'both' may sleep and promises '__no_sleep'}}
int __may_sleep __no_sleep both(void);

int __uaccess fetch(int n);	// expected-note {{the other annotation is here}}
int fetch(int n) __context_entry(uaccess);	// expected-error {{'fetch' needs context 'uaccess' and is its entry}}
int fetch(int n) __may_sleep;

struct ops {
	void (*run)(void) __no_sleep
		__may_sleep;	// expected-error {{'run' may sleep and promises '__no_sleep'}} expected-note@-1 {{the other annotation is here}}
};

void call(void (*cb)(void) __may_sleep);	// expected-note {{the other annotation is here}}
void call(void (*cb)(void) __no_sleep);	// expected-error {{'cb' may sleep and promises '__no_sleep'}}

// Three are one mistake.
int __no_sleep thrice(void);	// expected-note {{the other annotation is here}}
int __may_sleep thrice(void);	// expected-error {{'thrice' may sleep and promises '__no_sleep'}}
int __may_sleep thrice(void);

// Twice the same, of different things, or what goes together: fine.
int __no_sleep again(void);
int __no_sleep again(void) { return 0; }
int first(void) __no_sleep, second(void) __may_sleep;
int __uaccess __uaccess_safe __no_sleep together(void);
int __context_entry(uaccess) __may_sleep enters(void);
void other(void (*a)(void) __may_sleep, void (*b)(void) __no_sleep);

// Of any effect of a model, and of its kinds: what promises the general one promises each of them.
int __effect(user_fault) __no_sleep kind(void);	// expected-error {{'kind' may sleep in a user page fault and promises '__no_sleep'}} expected-note {{the other annotation is here}}
int __effect(fault_in) __never(fault_in) any(void);	// expected-error {{'any' brings user pages in, as a page fault would and promises '__never(fault_in)'}} expected-note {{the other annotation is here}}
int __may_sleep __never(user_fault) general(void);
int __effect(user_access) __never(call_out) unrelated(void);
