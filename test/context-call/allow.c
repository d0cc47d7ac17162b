// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __airlock_allow silences one rule for one function or one statement, and nothing beside it.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;

__airlock_allow("context-call", "runs before the mm is shared")
int quiet_function(int n)
{
	return get_value(n) + get_value(n + 1);
}

int quiet_prototype(int) __airlock_allow("context-call", "runs before the mm is shared");
int quiet_prototype(int n)
{
	return get_value(n);
}

int loud(int n)
{
	return get_value(n); // expected-warning {{'loud' calls 'get_value', which needs context 'uaccess'}}
}

// Silencing the finding does not put the function in the context: nothing else changes.
int calls_quiet(int n)
{
	return quiet_function(n);
}

__airlock_allow("context-cast", "another rule")
int other_rule(int n)
{
	return get_value(n); // expected-warning {{'other_rule' calls 'get_value'}}
}

int statements(int n)
{
	__airlock_allow("context-call", "a variable")
	int r = get_value(n);

	__airlock_allow("context-call", "an expression")
	r += get_value(n);
	r += get_value(n); // expected-warning {{'statements' calls 'get_value'}}

	__airlock_allow("context-call", "a bare call")
	get_value(n);
	get_value(n); // expected-warning {{'statements' calls 'get_value'}}

	__airlock_allow("context-call", "all of a block") {
		r += get_value(n);
		if (r)
			r += get_value(n);
	}

	__airlock_allow("context-call", "the condition and the body")
	if (get_value(n))
		r = get_value(n);
	if (get_value(n)) // expected-warning {{'statements' calls 'get_value'}}
		__airlock_allow("context-call", "only the body")
		r = get_value(n);

	__airlock_allow("context-cast", "another rule")
	r += get_value(n); // expected-warning {{'statements' calls 'get_value'}}

	__airlock_allow("context-call", "a return")
	return get_value(r);
}
