// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The plugin leaves the object file as it is, byte by byte: with every annotation, with findings and with __user.
// %airlock_cc only checks syntax: its command line without that flag is the one that compiles.
// RUN: echo '%airlock_cc -O2 -g -c %s -o %t.with.o' | sed 's/ -fsyntax-only / /' | sh 2> %t.log
// RUN: %clang -O2 -g -I %src/annotations/include -c %s -o %t.without.o
// RUN: cmp %t.with.o %t.without.o
// RUN: FileCheck %s --input-file=%t.log
// RUN: echo '%airlock_cc -O0 -g -c %s -o %t.with.o' | sed 's/ -fsyntax-only / /' | sh 2> %t.log
// RUN: %clang -O0 -g -I %src/annotations/include -c %s -o %t.without.o
// RUN: cmp %t.with.o %t.without.o
// RUN: FileCheck %s --input-file=%t.log
#include <airlock.h>

struct ops {
	int (*run)(int) __uaccess __no_sleep;
	void *__prevalidated base;
	const char __user *text;
};

int get_value(int) __uaccess;
void *keep;

int __uaccess_safe __enters(uaccess) calls(struct ops *o, int n)
{
	return get_value(n) + o->run(n);
}

int __context_entry(uaccess) enters(struct ops *o, const int __user *ptr, int n)
{
	o->text = (const char __user *)ptr;
	return get_value(n) + o->run(n);
}

__airlock_allow("context-conversion", "kept for its address")
void keeps(struct ops *o)
{
	keep = o->run;
}

int allows(int n)
{
	__airlock_allow("context-call", "a statement that must stay where it is")
	n += get_value(n);
	__airlock_allow("context-call", "a loop")
	while (n > 3)
		n -= get_value(n);
	return n;
}

void *casts(struct ops *o)
{
	return (__force void *)o->run;
}

// CHECK: warning: 'calls' calls 'get_value', which needs context 'uaccess'
// CHECK: warning: 'calls' calls through 'ops.run', which needs context 'uaccess'
