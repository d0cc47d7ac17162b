// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// No fix-it where the argument cannot move: it depends on what the region reads, on the loop, on a condition, or it
// stands in a macro's body. The finding stays.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -fdiagnostics-parseable-fixits %s > %t.out 2>&1
// RUN: FileCheck %s --input-file=%t.out --implicit-check-not=warning: --implicit-check-not=fix-it:
#include "Inputs/uaccess.h"

u32 encode(u32 value);

#define put_encoded(x, p, label) unsafe_put_user(encode(x), p, label)

// CHECK: warning: 'depends_on_the_region' calls 'encode'
void depends_on_the_region(u32 __user *p)
{
	u32 value;

	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_get_user(value, p, fault);
	unsafe_put_user(encode(value), p, fault);
fault:
	user_access_end();
}

// CHECK: warning: 'depends_on_the_round' calls 'encode'
void depends_on_the_round(u32 __user *p, const u32 *values, int n)
{
	if (!user_access_begin(p, n * sizeof(*p)))
		return;
	for (int i = 0; i < n; i++)
		unsafe_put_user(encode(values[i]), p + i, fault);
fault:
	user_access_end();
}

// CHECK: warning: 'changed_on_the_way' calls 'encode'
void changed_on_the_way(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value += 4;
	unsafe_put_user(encode(value), p, fault);
fault:
	user_access_end();
}

// Without the condition it would be called too often, with a null pointer even.
// CHECK: warning: 'under_a_condition' calls 'encode'
void under_a_condition(u32 __user *p, const u32 *value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	if (value)
		unsafe_put_user(encode(*value), p, fault);
fault:
	user_access_end();
}

// CHECK: warning: 'in_a_body' calls 'encode'
void in_a_body(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	put_encoded(value, p, fault);
fault:
	user_access_end();
}

// CHECK: warning: 'only_a_call' calls 'encode' while
void only_a_call(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value = encode(value);
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}
