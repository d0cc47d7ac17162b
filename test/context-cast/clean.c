// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Casts that drop nothing: to bool and void, to a type with the same context, from a plain pointer, and unevaluated ones.
// RUN: %airlock_cc -std=gnu11 -Wno-pointer-bool-conversion -Xclang -verify %s
// RUN: %airlock_cc -std=c11 -Wno-pointer-bool-conversion -Xclang -verify %s
// RUN: %airlock_cc -std=gnu17 -Wno-pointer-bool-conversion -Xclang -verify %s
// RUN: %airlock_cc -std=c23 -Wno-pointer-bool-conversion -Xclang -verify %s
// expected-no-diagnostics
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef uaccess_fn uaccess_alias;
typedef int accessor(int) __uaccess;
typedef void (*other_uaccess_fn)(void *) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
};

int get_value(int) __uaccess;
int plain(int);
int entry(int) __context_entry(uaccess);
static int (*handler)(int) __uaccess;

void tests(uaccess_fn f, struct ops *o)
{
	_Bool b = (_Bool)f;

	b = (_Bool)get_value;
	b = !(_Bool)o->run;
	(void)b;
	(void)f;
	(void)get_value;
}

void same_context(uaccess_fn f, struct ops *o, void *data)
{
	f = (uaccess_fn)get_value;
	f = (uaccess_alias)f;
	f = (accessor *)get_value;
	f = (__typeof__(get_value) *)f;
	f = (__typeof__(&get_value))f;
	f = (__typeof__(o->run))f;
	f = (__typeof__(handler))get_value;
	other_uaccess_fn other = (other_uaccess_fn)get_value;
	f = (uaccess_fn)data;
	f = (uaccess_fn)plain;
	f = (uaccess_fn)0;
	(void)other;
}

void plain_casts(plain_fn p, struct ops *o)
{
	void *d = (void *)p;

	p = (plain_fn)plain;
	p = (plain_fn)entry;
	d = (void *)entry;
	d = (void *)o;
	d = (char *)&o->run;
	d = (void *)0;
	(void)d;
}

unsigned long unevaluated(uaccess_fn f)
{
	__typeof__((plain_fn)f) copy = plain;
	unsigned long size = sizeof((plain_fn)f) + sizeof((void *)get_value);

	size += _Generic((plain_fn)f, plain_fn: 1, default: 2);
	size += __builtin_choose_expr(1, 1, (unsigned long)f);
	size += __builtin_types_compatible_p(__typeof__((plain_fn)f), plain_fn);
	return size + !copy;
}
