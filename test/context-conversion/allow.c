// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __airlock_allow silences context-conversion for a function, a variable or a statement.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*plain_fn)(int);

int get_value(int) __uaccess;
static plain_fn slot;

__airlock_allow("context-conversion", "the registry calls it in the right place")
plain_fn quiet_global = get_value;
plain_fn loud_global = get_value; // expected-warning {{initializing 'loud_global' with 'get_value' drops context 'uaccess'}}

__airlock_allow("context-conversion", "the registry calls it in the right place")
plain_fn quiet_function(void)
{
	slot = get_value;
	return get_value;
}

__airlock_allow("context-call", "another rule")
void other_rule(void)
{
	slot = get_value; // expected-warning {{assigning 'get_value' to 'slot' drops}}
}

void statements(void)
{
	__airlock_allow("context-conversion", "a variable")
	plain_fn f = get_value;

	__airlock_allow("context-conversion", "a statement")
	f = get_value;
	slot = get_value; // expected-warning {{assigning 'get_value' to 'slot' drops}}
	slot = f;
}
