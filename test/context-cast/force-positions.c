// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __force in every place of a cast that the kernel writes it in: the drop is on purpose, and nothing is said.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

#define FORCE_T __force plain_fn
#define FORCED __force
#define FORCED_TWICE FORCED
#define UNQUALIFY(f) ((__force plain_fn)(f))
#define UNQUALIFY_VIA(f) UNQUALIFY(f)
#define CAST(T, f) ((T)(f))
#define CAST_VIA(T, f) CAST(T, f)
#define CAST_FORCED(T, f) ((__force T)(f))
#define CAST_LATE(T, f) ((T __force)(f))
#define PTR_FORCED(f) ((__typeof__(*(f)) __force *)(f))

struct ops {
	int (*run)(int) __uaccess;
	plain_fn plain_run;
};

int get_value(int) __uaccess;
void take(plain_fn cb);

plain_fn global = (__force plain_fn)get_value;
struct ops ops = {
	.plain_run = (__force plain_fn)get_value,
};

plain_fn places(struct ops *o, uaccess_fn slot)
{
	plain_fn p;
	void *d;
	unsigned long n;

	p = (__force plain_fn)get_value;
	p = (plain_fn __force)get_value;
	p = (__force int (*)(int))get_value;
	p = (int __force (*)(int))get_value;
	p = (int (__force *)(int))get_value;
	p = (int (* __force)(int))get_value;
	p = (__force __typeof__(p))slot;
	p = (
		__force
		plain_fn
	)get_value;
	d = (__force void *)get_value;
	d = (void __force *)get_value;
	d = (void * __force)o->run;
	d = (const void __force *)slot == d ? d : 0;
	n = (__force unsigned long)get_value;
	n = (unsigned long __force)slot;
	take((__force plain_fn)get_value);
	(void)d;
	(void)n;
	return (__force plain_fn)o->run;
}

plain_fn macros(struct ops *o, uaccess_fn slot)
{
	plain_fn p;

	p = (FORCE_T)get_value;
	p = (FORCED plain_fn)get_value;
	p = (FORCED_TWICE plain_fn)slot;
	p = (plain_fn FORCED)slot;
	p = UNQUALIFY(get_value);
	p = UNQUALIFY(o->run);
	p = UNQUALIFY_VIA(get_value);
	p = CAST(__force plain_fn, get_value);
	p = CAST(plain_fn __force, get_value);
	p = CAST(FORCE_T, get_value);
	p = CAST_VIA(__force plain_fn, get_value);
	p = CAST_VIA(FORCED plain_fn, get_value);
	p = CAST_FORCED(plain_fn, get_value);
	p = CAST_LATE(plain_fn, slot);
	p = PTR_FORCED(get_value);
	p = PTR_FORCED(slot);
	take(UNQUALIFY(get_value));
	take(CAST(__force plain_fn, slot));
	return UNQUALIFY(slot);
}
