// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// READ_ONCE() and WRITE_ONCE() in the kernel's shape: a volatile access through typeof carries the context.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val)                                      \
	do {                                                    \
		*(volatile __typeof__(x) *)&(x) = (val);        \
	} while (0)

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
	uaccess_fn run_typedef;
	int (*plain_run)(int);
};

int get_value(int) __uaccess;
int plain(int);
static int (*handler)(int) __uaccess;

void clean(struct ops *o)
{
	uaccess_fn f = READ_ONCE(o->run);

	f = READ_ONCE(o->run_typedef);
	f = READ_ONCE(handler);
	f = READ_ONCE(o->plain_run);
	plain_fn p = READ_ONCE(o->plain_run);
	WRITE_ONCE(o->run, get_value);
	WRITE_ONCE(o->run_typedef, get_value);
	WRITE_ONCE(handler, get_value);
	WRITE_ONCE(o->run, plain);
	WRITE_ONCE(o->run, f);
	WRITE_ONCE(o->run, 0);
	WRITE_ONCE(o->plain_run, p);
	if (READ_ONCE(o->run))
		WRITE_ONCE(o->run, READ_ONCE(handler));
}

void drops(struct ops *o)
{
	plain_fn p;

	p = READ_ONCE(o->run); // expected-warning-re {{assigning '{{.*}}' to 'p' drops context 'uaccess'}}
	p = READ_ONCE(o->run_typedef); // expected-warning-re {{assigning '{{.*}}' to 'p' drops context 'uaccess'}}
	p = READ_ONCE(handler); // expected-warning-re {{assigning '{{.*}}' to 'p' drops context 'uaccess'}}
	WRITE_ONCE(o->plain_run, get_value); // expected-warning-re {{assigning 'get_value' to '{{.*}}' drops context 'uaccess'}}
	WRITE_ONCE(p, READ_ONCE(o->run)); // expected-warning-re {{assigning '{{.*}}' to '{{.*}}' drops context 'uaccess'}}
}

int calls(struct ops *o, int n)
{
	READ_ONCE(o->plain_run)(n);
	return READ_ONCE(o->run)(n); // expected-warning-re {{'calls' calls through '{{.*}}', which needs context 'uaccess'}}
}
