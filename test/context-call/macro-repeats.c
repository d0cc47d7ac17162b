// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An argument that a macro evaluates in many places is one call; two calls in one expansion are two.
// RUN: %airlock_cc -Wno-unused-value -fplugin-arg-airlock-model=%S/Inputs/entry-macro.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*plain_fn)(int);

int get_value(int) __uaccess;
int put_value(int) __uaccess;
static int (*slot)(int) __uaccess;

#define BY_SIZE(x, n) ((n) == 1 ? (x) : (n) == 2 ? (x) + 1 : (x) + 2)
#define ent() get_value(1)
#define oth() get_value(1)
#define BOTH() (ent() + oth())
#define INIT() (slot = get_value, slot(1))
#define TWICE(x) ((x), (x))

int outside(int n)
{
	n += BY_SIZE(get_value(n), n); // expected-warning {{'outside' calls 'get_value'}}
	n += BY_SIZE(get_value(n) + put_value(n), n); // expected-warning {{'outside' calls 'get_value'}} expected-warning {{'outside' calls 'put_value'}}
	// The model lets ent() enter the context; oth() next to it does not.
	n += BOTH(); // expected-warning {{'outside' calls 'get_value'}}
	n += INIT(); // expected-warning {{'outside' calls through 'slot'}}
	plain_fn p = TWICE((plain_fn)get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = TWICE(get_value); // expected-warning {{assigning 'get_value' to 'p' drops}}
	return n + !p;
}
