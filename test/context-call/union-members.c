// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Slots in unions and in anonymous structs and unions, at any depth, named with the struct that has a name.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

union either {
	int (*run)(int) __uaccess;
	int (*plain_run)(int);
};

struct ops {
	union {
		int (*in_union)(int) __uaccess;
		int (*plain_in_union)(int);
		struct {
			int (*deep)(int) __uaccess;
			int (*plain_deep)(int);
		};
	};
	struct {
		int (*in_struct)(int) __uaccess;
		int (*plain_in_struct)(int);
	};
	struct {
		int (*run)(int) __uaccess;
		int (*plain_run)(int);
	} named;
};

int outside(union either *e, struct ops *o, int n)
{
	e->run(n); // expected-warning {{'outside' calls through 'either.run', which needs context 'uaccess'}}
	o->in_union(n); // expected-warning {{'outside' calls through 'ops.in_union', which}}
	o->deep(n); // expected-warning {{'outside' calls through 'ops.deep', which}}
	o->in_struct(n); // expected-warning {{'outside' calls through 'ops.in_struct', which}}
	o->named.run(n); // expected-warning-re {{'outside' calls through '{{.*}}run', which}}
	e->plain_run(n);
	o->plain_in_union(n);
	o->plain_deep(n);
	o->plain_in_struct(n);
	return o->named.plain_run(n);
}

int __uaccess inside(union either *e, struct ops *o, int n)
{
	e->run(n);
	o->in_union(n);
	o->deep(n);
	o->in_struct(n);
	return o->named.run(n);
}
