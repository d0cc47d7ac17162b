// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Not only functions drop their context: so does a qualified pointer of every kind when it is copied to a plain one.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int accessor(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
	uaccess_fn table[2];
	accessor *ptr;
	int (*plain_run)(int);
	union {
		int (*in_union)(int) __uaccess;
		void *data;
	};
};

typedef struct {
	uaccess_fn run;
} ops_t;

int get_value(int) __uaccess;
accessor from_typedef;
static int (*handler)(int) __uaccess;
static int (*handlers[2])(int) __uaccess;
uaccess_fn lookup(int);
plain_fn plain_lookup(int);

void slots(struct ops *o, ops_t *t, int (*cb)(int) __uaccess, uaccess_fn cb_typedef, uaccess_fn *pp, int n)
{
	static uaccess_fn kept;
	uaccess_fn local = 0;
	plain_fn p;

	p = from_typedef; // expected-warning {{assigning 'from_typedef' to 'p' drops context 'uaccess'}}
	p = handler; // expected-warning {{assigning 'handler' to 'p' drops context 'uaccess'}}
	p = (handler); // expected-warning {{assigning 'handler' to 'p' drops}}
	p = *handler; // expected-warning {{assigning 'handler' to 'p' drops}}
	p = handlers[n]; // expected-warning {{assigning 'handlers' to 'p' drops}}
	p = kept; // expected-warning {{assigning 'kept' to 'p' drops}}
	p = local; // expected-warning {{assigning 'local' to 'p' drops}}
	p = cb; // expected-warning {{assigning 'cb' to 'p' drops}}
	p = cb_typedef; // expected-warning {{assigning 'cb_typedef' to 'p' drops}}
	p = o->run; // expected-warning {{assigning 'ops.run' to 'p' drops}}
	p = (*o).run; // expected-warning {{assigning 'ops.run' to 'p' drops}}
	p = o->table[n]; // expected-warning {{assigning 'ops.table' to 'p' drops}}
	p = o->ptr; // expected-warning {{assigning 'ops.ptr' to 'p' drops}}
	p = o->in_union; // expected-warning {{assigning 'ops.in_union' to 'p' drops}}
	p = t->run; // expected-warning {{assigning 'ops_t.run' to 'p' drops}}
	p = *pp; // expected-warning-re {{assigning '{{.*}}' to 'p' drops context 'uaccess'}}
	p = pp[n]; // expected-warning-re {{assigning '{{.*}}' to 'p' drops context 'uaccess'}}
	p = lookup(n); // expected-warning-re {{assigning '{{.*}}' to 'p' drops context 'uaccess'}}
	o->plain_run = o->run; // expected-warning {{assigning 'ops.run' to 'ops.plain_run' drops}}
	o->data = o->in_union; // expected-warning {{assigning 'ops.in_union' to 'ops.data' drops}}
	p = o->plain_run;
	p = plain_lookup(n);
	p = o->data;
}

void copied_types(struct ops *o)
{
	__auto_type a = o->run;
	__typeof__(o->run) b = o->run;
	__typeof__(get_value) *c = get_value;
	__typeof__(o->plain_run) plain = 0;
	plain_fn p;

	p = a; // expected-warning {{assigning 'a' to 'p' drops context 'uaccess'}}
	p = b; // expected-warning {{assigning 'b' to 'p' drops}}
	p = c; // expected-warning {{assigning 'c' to 'p' drops}}
	plain = o->run; // expected-warning {{assigning 'ops.run' to 'plain' drops}}
	p = plain;
}

uaccess_fn global = 0;
plain_fn keep(void)
{
	plain_fn p = global; // expected-warning {{initializing 'p' with 'global' drops}}

	return p;
}
