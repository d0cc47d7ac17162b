// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __force is known by its name, whatever the code base defines it as: nothing, an attribute, a qualifier.
// RUN: %airlock_cc -D__force= -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc "-D__force=__attribute__((force))" -Wno-unknown-attributes -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -D__force=const -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc "-D__force=__attribute__(())" -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -D__force=HIDDEN_FORCE -DHIDDEN_FORCE= -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*plain_fn)(int);

#define UNQUALIFY(f) ((__force plain_fn)(f))
#define CAST(T, f) ((T)(f))

int get_value(int) __uaccess;

plain_fn casts(void)
{
	plain_fn p;
	const void *d;

	p = (__force plain_fn)get_value;
	p = (plain_fn __force)get_value;
	d = (__force void *)get_value;
	d = (void __force *)get_value;
	p = UNQUALIFY(get_value);
	p = CAST(__force plain_fn, get_value);
	p = (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'}}
	p = CAST(plain_fn, get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'}}
	(void)d;
	return p;
}
