// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A call through a qualified function pointer, whatever keeps the pointer; a field is named with its struct.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
	uaccess_fn run_typedef;
	uaccess_fn table[2];
	int (*plain_run)(int);
	plain_fn plain_table[2];
};

typedef struct {
	uaccess_fn run;
} ops_t;

struct outer {
	struct ops in;
	struct ops *ptr;
};

static int (*handler)(int) __uaccess;
extern uaccess_fn handler_typedef;
static int (*handlers[2])(int) __uaccess;
static uaccess_fn handlers_typedef[2][2];
static int (*plain_handler)(int);
static plain_fn plain_handlers[2];

int variables(int n)
{
	static int (*kept)(int) __uaccess;
	int (*local)(int) __uaccess = 0;

	handler(n); // expected-warning {{'variables' calls through 'handler', which needs context 'uaccess', but is not in that context itself; annotate 'variables' with '__uaccess' [airlock-context-call]}}
	handler_typedef(n); // expected-warning {{'variables' calls through 'handler_typedef', which}}
	kept(n); // expected-warning {{'variables' calls through 'kept', which}}
	return local(n); // expected-warning {{'variables' calls through 'local', which}}
}

int elements(int n)
{
	handlers[n](n); // expected-warning {{'elements' calls through 'handlers', which}}
	(*handlers)(n); // expected-warning {{'elements' calls through 'handlers', which}}
	return handlers_typedef[n][1](n); // expected-warning {{'elements' calls through 'handlers_typedef', which}}
}

int parameters(int (*cb)(int) __uaccess, uaccess_fn cb_typedef, uaccess_fn list[], int n)
{
	cb(n); // expected-warning {{'parameters' calls through 'cb', which}}
	cb_typedef(n); // expected-warning {{'parameters' calls through 'cb_typedef', which}}
	return list[0](n); // expected-warning {{'parameters' calls through 'list', which}}
}

int fields(struct ops *o, struct ops v, struct outer *u, ops_t *t, int n)
{
	o->run(n); // expected-warning {{'fields' calls through 'ops.run', which}}
	v.run(n); // expected-warning {{'fields' calls through 'ops.run', which}}
	o->run_typedef(n); // expected-warning {{'fields' calls through 'ops.run_typedef', which}}
	o->table[n](n); // expected-warning {{'fields' calls through 'ops.table', which}}
	o[1].run(n); // expected-warning {{'fields' calls through 'ops.run', which}}
	u->in.run(n); // expected-warning {{'fields' calls through 'ops.run', which}}
	u->ptr->run(n); // expected-warning {{'fields' calls through 'ops.run', which}}
	return t->run(n); // expected-warning {{'fields' calls through 'ops_t.run', which}}
}

// The same slots without the qualifier.
int plain_slots(struct ops *o, plain_fn cb, int n)
{
	plain_handler(n);
	plain_handlers[n](n);
	cb(n);
	o->plain_run(n);
	return o->plain_table[n](n);
}

// The same slots from a function in the context.
int __uaccess inside(struct ops *o, struct outer *u, ops_t *t, uaccess_fn cb, int n)
{
	handler(n);
	handlers[n](n);
	handlers_typedef[n][1](n);
	cb(n);
	o->run(n);
	o->table[n](n);
	u->in.run(n);
	return t->run(n);
}
