// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A chain of casts is reported once, at the one that drops the context.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);
typedef void (*other_fn)(void *);

int get_value(int) __uaccess;
int plain(int);

void chains(uaccess_fn slot)
{
	plain_fn p;
	uaccess_fn f;
	other_fn o;

	p = (plain_fn)(void *)get_value; // expected-warning {{cast of 'get_value' to 'void *' drops context 'uaccess'}}
	p = (plain_fn)(void *)(unsigned long)slot; // expected-warning {{cast of 'slot' to 'unsigned long' drops context 'uaccess'}}
	o = (other_fn)(plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn)(uaccess_fn)get_value; // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops}}
	f = (uaccess_fn)(void *)get_value; // expected-warning {{cast of 'get_value' to 'void *' drops}}
	p = (plain_fn)((void *)(get_value)); // expected-warning {{cast of 'get_value' to 'void *' drops}}
	p = (plain_fn)(uaccess_fn)plain; // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops}}
	f = (uaccess_fn)(uaccess_fn)get_value;
	f = (uaccess_fn)(void *)plain;
	p = (plain_fn)(void *)plain;
	p = (plain_fn)(__force void *)get_value;
	(void)p;
	(void)f;
	(void)o;
}

// The value that a cast leaves plain is no longer anybody's concern; one that keeps the context is.
void after(void)
{
	plain_fn p = (uaccess_fn)get_value; // expected-warning-re {{initializing 'p' with '{{.*}}' drops context 'uaccess'}}
	void *d = (__force void *)get_value;

	p = (plain_fn)d;
	p = d;
	(void)p;
}
