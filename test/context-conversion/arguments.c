// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arguments that drop the context: to named and unnamed parameters, to void *, variadic, through function pointers.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

int get_value(int) __uaccess;
int plain(int);

void named(plain_fn cb, int n);
void unnamed(plain_fn, int (*)(int));
void data(void *arg);
void const_data(const void *arg);
void in_order(int n, plain_fn last);
void variadic(const char *fmt, ...);
void qualified(uaccess_fn cb, int n);
void qualified_spelled(int (*cb)(int) __uaccess, int (*)(int) __uaccess);
void flag(_Bool set);
void array_param(plain_fn list[]);

struct registry {
	void (*add)(plain_fn cb);
	void (*add_qualified)(uaccess_fn cb);
	void (*add_spelled)(int (*cb)(int) __uaccess);
	void (*log)(const char *fmt, ...);
};

typedef void (*adder)(plain_fn cb);
typedef void (*qualified_adder)(uaccess_fn cb);

static inline void defined(plain_fn cb)
{
	cb(1);
}

void prototyped(uaccess_fn slot)
{
	named(get_value, 1); // expected-warning {{passing 'get_value' to parameter 'cb' of 'named' drops context 'uaccess'; declare 'cb' with '__uaccess', or cast with '__force' on purpose [airlock-context-conversion]}}
	named(&get_value, 1); // expected-warning {{passing 'get_value' to parameter 'cb' of 'named' drops}}
	named(slot, 1); // expected-warning {{passing 'slot' to parameter 'cb' of 'named' drops}}
	unnamed(get_value, 0); // expected-warning {{passing 'get_value' to parameter 1 of 'unnamed' drops context 'uaccess'}}
	unnamed(0, get_value); // expected-warning {{passing 'get_value' to parameter 2 of 'unnamed' drops context 'uaccess'}}
	in_order(1, get_value); // expected-warning {{passing 'get_value' to parameter 'last' of 'in_order' drops}}
	data(get_value); // expected-warning {{passing 'get_value' to parameter 'arg' of 'data' drops}}
	const_data(slot); // expected-warning {{passing 'slot' to parameter 'arg' of 'const_data' drops}}
	defined(get_value); // expected-warning {{passing 'get_value' to parameter 'cb' of 'defined' drops}}
	(named)(get_value, 1); // expected-warning {{passing 'get_value' to parameter 'cb' of 'named' drops}}
}

void varying(uaccess_fn slot)
{
	variadic("", get_value); // expected-warning {{passing 'get_value' as a variadic argument of 'variadic' drops context 'uaccess'}}
	variadic("", 1, slot); // expected-warning {{passing 'slot' as a variadic argument of 'variadic' drops context 'uaccess'}}
	variadic("", plain, 0, 1);
}

void through_pointers(struct registry *r, void (*add)(plain_fn cb), void (*add_qualified)(uaccess_fn cb),
		      void (*add_spelled)(int (*cb)(int) __uaccess), adder add_typedef, qualified_adder ok)
{
	r->add(get_value); // expected-warning-re {{passing 'get_value' to parameter {{'cb'|1}} of 'registry.add' drops context 'uaccess'}}
	r->log("", get_value); // expected-warning {{passing 'get_value' as a variadic argument of 'registry.log' drops}}
	add(get_value); // expected-warning-re {{passing 'get_value' to parameter {{'cb'|1}} of 'add' drops context 'uaccess'}}
	(*add)(get_value); // expected-warning-re {{passing 'get_value' to parameter {{'cb'|1}} of 'add' drops context 'uaccess'}}
	add_typedef(get_value); // expected-warning-re {{passing 'get_value' to parameter {{'cb'|1}} of 'add_typedef' drops context 'uaccess'}}
	r->add_qualified(get_value);
	r->add_spelled(get_value);
	add_qualified(get_value);
	add_spelled(get_value);
	ok(get_value);
	r->add(plain);
	add(plain);
}

void clean(uaccess_fn slot, plain_fn plain_slot, plain_fn *list)
{
	qualified(get_value, 1);
	qualified(slot, 1);
	qualified(plain, 1);
	qualified(plain_slot, 1);
	qualified(0, 1);
	qualified_spelled(get_value, slot);
	named(plain, 1);
	named(plain_slot, 1);
	data(plain);
	flag(slot);
	array_param(list);
}
