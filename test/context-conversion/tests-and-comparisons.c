// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What only tests or compares a qualified function or pointer drops nothing.
// RUN: %airlock_cc -std=gnu11 -Wno-pointer-bool-conversion -Wno-tautological-pointer-compare -Xclang -verify %s
// RUN: %airlock_cc -std=c11 -Wno-pointer-bool-conversion -Wno-tautological-pointer-compare -Xclang -verify %s
// RUN: %airlock_cc -std=gnu17 -Wno-pointer-bool-conversion -Wno-tautological-pointer-compare -Xclang -verify %s
// RUN: %airlock_cc -std=c23 -Wno-pointer-bool-conversion -Wno-tautological-pointer-compare -Xclang -verify %s
// expected-no-diagnostics
#include <airlock.h>

#define NULL ((void *)0)

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
	_Bool set;
};

int get_value(int) __uaccess;
int plain(int);
void flag(_Bool);

_Bool global_flag = get_value;
struct ops with_flag = { .run = get_value, .set = get_value };

int booleans(struct ops *o, uaccess_fn f)
{
	_Bool b = f;
	_Bool c = get_value;
	int n = 0;

	b = o->run;
	o->set = f;
	b = (_Bool)f;
	b = !f;
	b = !!o->run;
	b = f && o->run;
	b = f || get_value;
	b = n && f;
	flag(f);
	flag(o->run);
	if (f)
		n++;
	if (!get_value)
		n++;
	if (f && !o->run)
		n++;
	while (f)
		break;
	do
		n++;
	while (!f);
	for (; f;)
		break;
	n = f ? 1 : 2;
	n += __builtin_expect(!!f, 1);
	return n + b + c;
}

_Bool returned(struct ops *o)
{
	return o->run;
}

int comparisons(struct ops *o, uaccess_fn f, plain_fn p, void *data)
{
	int n = f == NULL;

	n += f != NULL;
	n += NULL == f;
	n += f == 0;
	n += f == get_value;
	n += get_value != f;
	n += f == o->run;
	n += f == p;
	n += p == get_value;
	n += f == plain;
	n += data == f;
	n += o->run == NULL ? 1 : 2;
	return n;
}

void discarded(struct ops *o, uaccess_fn f)
{
	(void)f;
	(void)get_value;
	(void)o->run;
	(void)((void)f, get_value);
	(void)({ get_value; });
}
