// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __force blesses the cast whose parentheses hold it, and no other: not the next on the line, the outer, the inner.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);
typedef unsigned int big_endian;

#define BOTH(a, b) ((void)(a), (b))
#define CAST_BESIDE(T, f, x) ((void)(__force unsigned int)(x), (T)(f))
#define CAST(T, f) ((T)(f))
#define IGNORE(x)
#define NAME(x) #x

int get_value(int) __uaccess;
plain_fn take(plain_fn cb, int n);

plain_fn elsewhere(uaccess_fn *table, big_endian n)
{
	plain_fn p, q;

	p = (__force plain_fn)get_value, q = (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'}}
	p = (plain_fn)get_value, q = (__force plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn)table[(__force unsigned int)n]; // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops}}
	p = take((plain_fn)get_value, (__force int)n); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = ((__force unsigned int)n) ? (plain_fn)get_value : 0; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn)/* __force */ get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn /* __force */)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn)get_value; /* __force */ // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (plain_fn)(get_value) __force; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = __force (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	(void)q;
	return p;
}

// An inner and an outer cast: each has its own word to say.
void nested(void)
{
	plain_fn p;

	p = (plain_fn)(__force void *)get_value;
	p = (__force plain_fn)(void *)get_value; // expected-warning {{cast of 'get_value' to 'void *' drops}}
	p = (__force plain_fn)(uaccess_fn)get_value;
	p = (plain_fn)(__force uaccess_fn)get_value; // expected-warning-re {{cast of '{{.*}}' to 'plain_fn' drops}}
	(void)p;
}

// Casts that one expansion makes side by side are told apart.
void in_macros(big_endian n)
{
	plain_fn p;

	p = BOTH((__force plain_fn)get_value, (plain_fn)get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = BOTH((plain_fn)get_value, (__force plain_fn)get_value); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = BOTH((__force plain_fn)get_value, (__force plain_fn)get_value);
	p = CAST_BESIDE(plain_fn, get_value, n); // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = CAST_BESIDE(__force plain_fn, get_value, n);
	p = CAST(plain_fn, CAST(__force void *, get_value));
	p = CAST(__force plain_fn, CAST(void *, get_value)); // expected-warning {{cast of 'get_value' to 'void *' drops}}
	(void)p;
}

// A name that only looks like it, and expansions that leave no token in the cast.
#define __forced
#define my__force

void lookalikes(void)
{
	plain_fn p;
	const char *s;

	p = (__forced plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	p = (my__force plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	s = NAME(__force), p = (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	IGNORE(__force) p = (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	(void)p;
	(void)s;
}
