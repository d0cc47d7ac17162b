// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __airlock_allow on a statement and on a function; it does not make the callee safe elsewhere.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

u32 encode(u32 value);

void on_a_statement(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	__airlock_allow("call-in-uaccess", "written in assembler, not traced")
	plain(value);
	__airlock_allow("call-in-uaccess", "written in assembler, not traced")
	unsafe_put_user(encode(value), p, fault);
	plain(value); // expected-warning {{'on_a_statement' calls 'plain' while a user access region is open}}
fault:
	user_access_end();
}

__airlock_allow("call-in-uaccess", "runs before there are users")
void on_a_function(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(value);
	user_access_end();
}

__airlock_allow("region-balance", "another rule")
void another_rule(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(value); // expected-warning {{'another_rule' calls 'plain' while a user access region is open}}
	user_access_end();
}
