// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A promise may be about any effect of a model: it is checked through everything that is called, and pointers carry it.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note -fplugin-arg-airlock-only=sleep-in-region,context-conversion %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -fplugin-arg-airlock-only=sleep-in-region,context-conversion -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s
#include "kernel-api.h"
#include <airlock.h>

static int deeper(int __user *p)
{
	int x;

	return get_user(x, p) ?: x;
}

int __never(user_access) looks(int __user *p)
{
	return deeper(p); // expected-warning {{'looks' calls 'deeper', which reads or writes user memory, but 'looks' promises never to}}
}

// It sleeps, which it has not promised not to do.
int __never(user_access) sleeps(int __user *p)
{
	msleep(1);
	return 0;
}

// Special cases of what is promised are promised, not the other way round.
int __no_sleep in_general(int __user *p)
{
	int x;

	return get_user(x, p) ?: x; // expected-warning-re {{'in_general' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, but 'in_general' promises never to}}
}

int __never(user_fault) in_particular(int __user *p)
{
	msleep(1);
	return 0;
}

// What carries it promises it of all that is stored there.
struct ops { int (*run)(int __user *p) __never(user_access); };
struct ops right = { .run = sleeps };
struct ops wrong = { .run = deeper }; // expected-warning {{'ops.run' promises '__never(user_access)', which 'deeper' does not; annotate 'deeper' with '__never(user_access)'}}
// CHECK: fix-it:{{.*}}:{8:12-8:12}:"__never(user_access) "

int __effect(user_access) declared(void);
int __never(user_access) calls(void)
{
	return declared(); // expected-warning {{'calls' calls 'declared', which reads or writes user memory, but 'calls' promises never to}}
}
