// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A pointer to a pointer: what is stored through it must be fit for the place, so contexts must agree both ways.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

int get_value(int) __uaccess;
void lookup(uaccess_fn *out);
void fill(uaccess_fn table[], int n);
void read_plain(plain_fn *in);
void *memset(void *, int, unsigned long);

static plain_fn table[3];
static uaccess_fn user_table[3];

int wrong(void)
{
	plain_fn p;
	uaccess_fn u;
	uaccess_fn *pp = &p; // expected-warning {{initializing 'pp' with 'p' lets functions that need context 'uaccess' be stored in 'p', which carries none; declare 'p' with '__uaccess' [airlock-context-conversion]}}

	lookup(&p); // expected-warning {{passing 'p' to parameter 'out' of 'lookup' lets functions that need context 'uaccess' be stored in 'p'}}
	fill(table, 3); // expected-warning {{passing 'table' to parameter 'table' of 'fill' lets functions that need context 'uaccess' be stored}}
	read_plain(&u); // expected-warning {{passing 'u' to parameter 'in' of 'read_plain' drops context 'uaccess'}}
	return !pp;
}

void clean(plain_fn p)
{
	uaccess_fn u;
	uaccess_fn *pp = &u;
	plain_fn *plain = &p;

	lookup(&u);
	lookup(pp);
	fill(user_table, 3);
	read_plain(&p);
	read_plain(plain);
	memset(&u, 0, sizeof(u));
	memset(table, 0, sizeof(table));
	pp = 0;
}
