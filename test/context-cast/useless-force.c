// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A __force that drops no context is advice, and only about casts of functions and function pointers.
// RUN: %airlock_cc -Xclang -verify=quiet -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-advice -Xclang -verify=quiet,advice -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

#define CAST(T, f) ((T)(f))

int get_value(int) __uaccess;
int plain(int);

void useless(plain_fn slot, uaccess_fn qualified)
{
	plain_fn p;
	uaccess_fn f;

	p = (__force plain_fn)plain; // advice-remark {{'__force' in this cast of 'plain' is useless: it drops no context [airlock-context-cast]}}
	p = (__force plain_fn)slot; // advice-remark {{'__force' in this cast of 'slot' is useless: it drops no context}}
	f = (__force uaccess_fn)qualified; // advice-remark {{'__force' in this cast of 'qualified' is useless: it drops no context}}
	f = (__force uaccess_fn)get_value; // advice-remark {{'__force' in this cast of 'get_value' is useless: it drops no context}}
	(void)p;
	(void)f;
}

void useful(uaccess_fn qualified)
{
	plain_fn p;

	p = (__force plain_fn)get_value;
	p = (__force plain_fn)qualified;
	p = (plain_fn)plain;
	p = CAST(__force plain_fn, get_value);
	p = (plain_fn)get_value; // quiet-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'}}
	(void)p;
}

// The other uses of __force (byte order, address spaces) are none of this rule's business.
unsigned int others(unsigned int big_endian, void __user *ptr)
{
	void *d = (__force void *)ptr;

	(void)d;
	return (__force unsigned int)big_endian + (__force unsigned short)1;
}

// Useful for one arm is useful.
void arms(uaccess_fn qualified, int n)
{
	plain_fn p = (__force plain_fn)(n ? plain : qualified);

	p = (__force plain_fn)(n ? qualified : plain);
	p = (__force plain_fn)(n ? plain : plain); // advice-remark {{'__force' in this cast of 'plain' is useless}}
	(void)p;
}
