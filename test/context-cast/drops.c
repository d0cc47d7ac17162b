// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An explicit cast that drops the context without __force, whatever it casts to.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);
typedef void (*other_fn)(void *);
typedef unsigned long word;

struct ops {
	int (*run)(int) __uaccess;
	uaccess_fn table[2];
	plain_fn plain_run;
	void *data;
};

int get_value(int) __uaccess;
uaccess_fn lookup(int);
static int (*handler)(int) __uaccess;
void take(plain_fn cb);
void variadic(int, ...);

void targets(uaccess_fn slot)
{
	plain_fn p = (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'; write '__force' in the cast if the crossing is intended [airlock-context-cast]}}
	other_fn o = (other_fn)get_value; // expected-warning {{cast of 'get_value' to 'other_fn' drops context 'uaccess'}}
	void *d = (void *)get_value; // expected-warning {{cast of 'get_value' to 'void *' drops context 'uaccess'}}
	unsigned long n = (unsigned long)get_value; // expected-warning {{cast of 'get_value' to 'unsigned long' drops context 'uaccess'}}
	word w = (word)slot; // expected-warning {{cast of 'slot' to 'word' drops context 'uaccess'}}

	p = (int (*)(int))slot; // expected-warning {{cast of 'slot' to 'int (*)(int)' drops context 'uaccess'}}
	d = (char *)slot; // expected-warning {{cast of 'slot' to 'char *' drops context 'uaccess'}}
	d = (const void *)slot == d ? d : 0; // expected-warning {{cast of 'slot' to 'const void *' drops context 'uaccess'}}
	p = (__typeof__(p))slot; // expected-warning-re {{cast of 'slot' to '{{.*}}' drops context 'uaccess'}}
	(void)o;
	(void)n;
	(void)w;
}

void operands(struct ops *o, uaccess_fn *pp, int n)
{
	plain_fn p;

	p = (plain_fn)&get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn)*get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn)(get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn)handler; // expected-warning {{cast of 'handler' to 'plain_fn' drops}}
	p = (plain_fn)o->run; // expected-warning {{cast of 'ops.run' to 'plain_fn' drops}}
	p = (plain_fn)o->table[n]; // expected-warning {{cast of 'ops.table' to 'plain_fn' drops}}
	p = (plain_fn)*pp; // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops}}
	p = (plain_fn)lookup(n); // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops}}
	(void)p;
}

// Where the cast stands makes no difference; the conversion after it is no second finding.
plain_fn global = (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
struct ops ops = {
	.plain_run = (plain_fn)get_value, // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	.data = (void *)get_value, // expected-warning {{cast of 'get_value' to 'void *' drops}}
};

plain_fn places(struct ops *o)
{
	take((plain_fn)get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	variadic(1, (void *)get_value); // expected-warning {{cast of 'get_value' to 'void *' drops}}
	o->plain_run = (plain_fn)o->run; // expected-warning {{cast of 'ops.run' to 'plain_fn' drops}}
	*o = (struct ops){ .plain_run = (plain_fn)get_value }; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	if ((unsigned long)o->run > 4096) // expected-warning {{cast of 'ops.run' to 'unsigned long' drops}}
		return 0;
	return (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
}

// Also in the context, and also into a qualified pointer again: it was lost in between.
void __uaccess inside(void)
{
	uaccess_fn f = (void *)get_value; // expected-warning {{cast of 'get_value' to 'void *' drops}}

	(void)f;
}
