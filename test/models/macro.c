// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A qualified macro: each expansion is a call of that name, wherever it is expanded from.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/macros.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int load(int);
extern int current_value;

#define fetch_value(n) load(n)
#define CURRENT_VALUE current_value
#define fetch_many(n)                 \
	({                            \
		int sum = load(n);    \
		sum += load((n) + 1); \
		sum += load((n) + 2); \
		sum;                  \
	})
#define fetch_indirect(n) fetch_value(n)
#define plain_macro(n) load(n)
#define EVAL(x) (x)
#define DISCARD(x) 0
#define DEFINE_READER(name) int name(int n) { return fetch_value(n); }

int function_like(int n)
{
	return fetch_value(n); // expected-warning {{'function_like' expands 'fetch_value', which needs context 'uaccess', but is not in that context itself; annotate 'function_like' with '__uaccess' [airlock-context-call]}}
}

int object_like(void)
{
	return CURRENT_VALUE; // expected-warning {{'object_like' expands 'CURRENT_VALUE', which needs context 'uaccess'}}
}

// One expansion of many statements is one call; two expansions are two.
int many_statements(int n)
{
	return fetch_many(n); // expected-warning {{'many_statements' expands 'fetch_many'}}
}

int two_expansions(int n)
{
	return fetch_value(n) + fetch_value(n + 1); // expected-warning 2 {{'two_expansions' expands 'fetch_value'}}
}

// A macro that the model does not name is transparent.
int transparent(int n)
{
	return fetch_indirect(n); // expected-warning {{'transparent' expands 'fetch_value'}}
}

int argument(int n)
{
	return EVAL(fetch_value(n)); // expected-warning {{'argument' expands 'fetch_value'}}
}

int argument_of_itself(int n)
{
	return fetch_value(fetch_value(n)); // expected-warning 2 {{'argument_of_itself' expands 'fetch_value'}}
}

DEFINE_READER(reader) // expected-warning {{'reader' expands 'fetch_value'}}

int clean(int n)
{
	return plain_macro(n) + DISCARD(fetch_value(n)) + load(n);
}

unsigned long not_evaluated(int n)
{
	__typeof__(fetch_value(n)) copy = n;

	return sizeof(fetch_value(n)) + sizeof(CURRENT_VALUE) + copy;
}

#if defined(fetch_value) && defined(CURRENT_VALUE)
int __uaccess inside(int n)
{
	return fetch_value(n) + CURRENT_VALUE + fetch_many(n) + fetch_indirect(n) + EVAL(fetch_value(n));
}
#endif

int __context_entry(uaccess) enters(int n)
{
	return fetch_value(n) + fetch_indirect(n);
}

// The name without its parentheses is no expansion.
int not_expanded(int n)
{
	int fetch_value = n;

	return fetch_value;
}

// Undefined and defined anew: the name is what counts.
#undef fetch_value
#define fetch_value(n) load((n) * 2)

int redefined(int n)
{
	return fetch_value(n); // expected-warning {{'redefined' expands 'fetch_value'}}
}
