// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// return converts to the type the function returns: only a typedef can carry the context there.
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
	int (*plain_run)(int);
};

int get_value(int) __uaccess;
int plain(int);

plain_fn drops(void)
{
	return get_value; // expected-warning {{returning 'get_value' from 'drops' drops context 'uaccess'}}
}

int (*drops_spelled(void))(int)
{
	return &get_value; // expected-warning {{returning 'get_value' from 'drops_spelled' drops context 'uaccess'}}
}

void *drops_to_data(struct ops *o)
{
	return o->run; // expected-warning {{returning 'ops.run' from 'drops_to_data' drops}}
}

plain_fn drops_on_a_path(struct ops *o, int n)
{
	if (n > 1)
		return plain;
	if (n)
		return get_value; // expected-warning {{returning 'get_value' from 'drops_on_a_path' drops}}
	return o->plain_run;
}

// To be in the context says nothing about what is returned.
plain_fn __uaccess drops_inside(void)
{
	return get_value; // expected-warning {{returning 'get_value' from 'drops_inside' drops}}
}

uaccess_fn keeps(struct ops *o, int n)
{
	if (n > 2)
		return get_value;
	if (n > 1)
		return plain;
	return n ? o->run : o->plain_run;
}

accessor *keeps_function_typedef(void)
{
	return get_value;
}

_Bool tests(struct ops *o)
{
	return o->run;
}

plain_fn returns_plain(struct ops *o)
{
	return o->plain_run;
}
