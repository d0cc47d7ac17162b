// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A cast of a compound expression is one finding if any value it may have carries the context.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
	int (*plain_run)(int);
};

int get_value(int) __uaccess;
int put_value(int) __uaccess;
int plain(int);
void note(void);

void compound(struct ops *o, int n)
{
	plain_fn p;

	p = (plain_fn)(n ? get_value : plain); // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops context 'uaccess'}}
	p = (plain_fn)(n ? plain : get_value); // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops context 'uaccess'}}
	p = (plain_fn)(n ? get_value : put_value); // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops context 'uaccess'}}
	p = (plain_fn)(o->run ?: plain); // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops context 'uaccess'}}
	p = (plain_fn)(note(), get_value); // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops context 'uaccess'}}
	p = (plain_fn)({ note(); get_value; }); // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops context 'uaccess'}}
	p = (plain_fn)_Generic(n, int: get_value, default: plain); // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops context 'uaccess'}}
	(void)p;
}

// One __force blesses the whole operand.
void blessed(struct ops *o, int n)
{
	plain_fn p;

	p = (__force plain_fn)(n ? get_value : plain);
	p = (__force plain_fn)(n ? get_value : put_value);
	p = (__force plain_fn)(o->run ?: plain);
	p = (__force plain_fn)(note(), get_value);
	p = (__force plain_fn)({ note(); get_value; });
	(void)p;
}

void clean(struct ops *o, int n)
{
	plain_fn p;

	p = (plain_fn)(n ? plain : o->plain_run);
	p = (plain_fn)((void)get_value, plain);
	p = (plain_fn)({ (void)get_value; plain; });
	p = (plain_fn)(o->run == get_value ? plain : 0);
	p = (plain_fn)_Generic(n, long: get_value, default: plain);
	(void)p;
}
