// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Publishing macros in the shape of rcu_assign_pointer(): clean for a struct of qualified fields and for a qualified slot.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

#define __rcu
typedef unsigned long word;

#define store_release(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)
#define publish(p, v)                                                      \
	do {                                                               \
		word value = (word)(v);                                    \
		if (__builtin_constant_p(v) && !value)                     \
			*(volatile __typeof__(p) *)&(p) = (__typeof__(p))value; \
		else                                                       \
			store_release(&(p), (__typeof__(*(v)) __force __rcu *)(v)); \
	} while (0)
#define publish_fn(p, v)                                                   \
	do {                                                               \
		__typeof__(p) value = (v);                                 \
		store_release(&(p), (__typeof__(*value) __force __rcu *)value); \
	} while (0)
#define subscribe(p) ({ __typeof__(p) seen = *(const volatile __typeof__(p) *)&(p); seen; })

typedef int (*uaccess_fn)(int) __uaccess;

struct ops {
	int (*run)(int) __uaccess;
};

struct device {
	struct ops __rcu *ops;
	uaccess_fn handler;
	int (*plain_handler)(int);
};

int get_value(int) __uaccess;

void clean(struct device *d, struct ops *o)
{
	publish(d->ops, o);
	publish(d->ops, (struct ops *)0);
	publish_fn(d->handler, get_value);
	publish_fn(d->handler, o->run);
	uaccess_fn f = subscribe(d->handler);
	f = subscribe(d->ops)->run;
	publish_fn(d->handler, f);
}

void drops(struct device *d)
{
	publish_fn(d->plain_handler, get_value); // expected-warning {{initializing 'value' with 'get_value' drops context 'uaccess'}}
	int (*p)(int) = subscribe(d->handler); // expected-warning {{initializing 'p' with 'seen' drops context 'uaccess'}}
	(void)p;
}
