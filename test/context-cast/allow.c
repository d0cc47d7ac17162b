// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __airlock_allow silences context-cast for a function, a variable or a statement.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*plain_fn)(int);

int get_value(int) __uaccess;

__airlock_allow("context-cast", "a table that only compares addresses")
void *quiet_global = (void *)get_value;
void *loud_global = (void *)get_value; // expected-warning {{cast of 'get_value' to 'void *' drops context 'uaccess'}}

__airlock_allow("context-cast", "a table that only compares addresses")
unsigned long quiet_function(void)
{
	return (unsigned long)get_value;
}

__airlock_allow("context-conversion", "another rule")
unsigned long other_rule(void)
{
	return (unsigned long)get_value; // expected-warning {{cast of 'get_value' to 'unsigned long' drops}}
}

void statements(void)
{
	__airlock_allow("context-cast", "a variable")
	plain_fn p = (plain_fn)get_value;

	__airlock_allow("context-cast", "a statement")
	p = (plain_fn)get_value;
	p = (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops}}
	(void)p;
}
