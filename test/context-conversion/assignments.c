// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every kind of assignment that drops the context, at the expression that is assigned.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
	int (*plain_run)(int);
	plain_fn table[2];
	union {
		plain_fn in_union;
		void *data;
	};
};

int get_value(int) __uaccess;
int plain(int);
static plain_fn global;
static plain_fn array[2];

void slots(struct ops *o, struct ops v, plain_fn param, int n)
{
	plain_fn local;
	void *data;

	global = get_value; // expected-warning {{assigning 'get_value' to 'global' drops context 'uaccess'; declare 'global' with '__uaccess', or cast with '__force' on purpose [airlock-context-conversion]}}
	local = get_value; // expected-warning {{assigning 'get_value' to 'local' drops context 'uaccess'}}
	local = &get_value; // expected-warning {{assigning 'get_value' to 'local' drops}}
	local = *get_value; // expected-warning {{assigning 'get_value' to 'local' drops}}
	local = (get_value); // expected-warning {{assigning 'get_value' to 'local' drops}}
	param = get_value; // expected-warning {{assigning 'get_value' to 'param' drops}}
	data = get_value; // expected-warning {{assigning 'get_value' to 'data' drops}}
	array[n] = get_value; // expected-warning {{assigning 'get_value' to 'array' drops}}
	o->plain_run = get_value; // expected-warning {{assigning 'get_value' to 'ops.plain_run' drops}}
	v.plain_run = get_value; // expected-warning {{assigning 'get_value' to 'ops.plain_run' drops}}
	o->table[n] = get_value; // expected-warning {{assigning 'get_value' to 'ops.table' drops}}
	o->in_union = get_value; // expected-warning {{assigning 'get_value' to 'ops.in_union' drops}}
	o->data = get_value; // expected-warning {{assigning 'get_value' to 'ops.data' drops}}
	(local) = get_value; // expected-warning {{assigning 'get_value' to 'local' drops}}
}

void through_pointers(plain_fn *pp, plain_fn **ppp, void **data, int (**spelled)(int))
{
	*pp = get_value; // expected-warning-re {{assigning 'get_value' to '{{.*}}' drops context 'uaccess'}}
	pp[1] = get_value; // expected-warning-re {{assigning 'get_value' to '{{.*}}' drops context 'uaccess'}}
	**ppp = get_value; // expected-warning-re {{assigning 'get_value' to '{{.*}}' drops context 'uaccess'}}
	*data = get_value; // expected-warning-re {{assigning 'get_value' to '{{.*}}' drops context 'uaccess'}}
	*spelled = get_value; // expected-warning-re {{assigning 'get_value' to '{{.*}}' drops context 'uaccess'}}
}

// The context is lost once; what is copied on from there no longer has it.
void chained(uaccess_fn qualified)
{
	plain_fn a, b;

	a = b = get_value; // expected-warning {{assigning 'get_value' to 'b' drops context 'uaccess'}}
	a = qualified = get_value; // expected-warning-re {{assigning '{{.*}}' to 'a' drops context 'uaccess'}}
	qualified = a = get_value; // expected-warning {{assigning 'get_value' to 'a' drops context 'uaccess'}}
	qualified = a;
	b = a;
}

void clean(struct ops *o, uaccess_fn param, uaccess_fn *pp)
{
	uaccess_fn local;
	plain_fn copy;

	local = get_value;
	local = &get_value;
	local = plain;
	local = 0;
	local = param;
	param = o->run;
	o->run = local;
	o->run = get_value;
	*pp = get_value;
	copy = plain;
	copy = o->plain_run;
	o->run = o->plain_run;
	o->run = copy;
	global = copy;
}

// Which context the code runs in does not matter: the pointer is what forgets.
void __uaccess inside(void)
{
	global = get_value; // expected-warning {{assigning 'get_value' to 'global' drops}}
}

void __context_entry(uaccess) entry(void)
{
	global = get_value; // expected-warning {{assigning 'get_value' to 'global' drops}}
}
