// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The atomic builtins that write the old value to a place, or return it.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

int plain(int);
struct o { int (*u)(int) __uaccess; plain_fn p; };

void wrong(struct o *o)
{
	plain_fn p, q = plain;

	__atomic_load(&o->u, &p, 0); // expected-warning {{assigning 'o.u' to 'p' drops context 'uaccess'}}
	__atomic_exchange(&o->u, &q, &p, 0); // expected-warning {{assigning 'o.u' to 'p' drops}} expected-warning {{assigning 'o.u' to 'q' drops}}
	__atomic_compare_exchange_n(&o->u, &p, plain, 0, 0, 0); // expected-warning {{assigning 'o.u' to 'p' drops}}
	p = __sync_lock_test_and_set(&o->u, plain); // expected-warning {{assigning 'o.u' to 'p' drops}}
	p = __sync_val_compare_and_swap(&o->u, plain, plain); // expected-warning {{assigning 'o.u' to 'p' drops}}
	p = __atomic_exchange_n(&o->u, plain, 0); // expected-warning {{assigning 'o.u' to 'p' drops}}
	(void)p;
}

void clean(struct o *o)
{
	uaccess_fn u, v = plain;
	plain_fn p;

	__atomic_load(&o->u, &u, 0);
	__atomic_load(&o->p, &u, 0);
	__atomic_store(&o->u, &v, 0);
	__atomic_load(&o->p, &p, 0);
	u = __sync_lock_test_and_set(&o->u, plain);
	if (__sync_bool_compare_and_swap(&o->u, u, plain))
		__builtin_prefetch(o->u);
}
