// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A macro's argument is evaluated where the macro puts it: for the accessors that is in the region. One finding a call,
// however often the macro repeats its argument.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu11 -DNO_ASM_GOTO_OUTPUT -DMASKED_ADDRESSES -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

u32 encode(u32 value);
u32 __user *slot(u32 __user *p, int n);

static inline u32 inline_encode(u32 value)
{
	return value << 8;
}

void value_argument(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(encode(value), p, fault); // expected-warning {{'value_argument' calls 'encode' in an argument of 'unsafe_put_user', while a user access region is open; compute it before the region [airlock-call-in-uaccess]}}
fault:
	user_access_end();
}

void pointer_argument(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(value, slot(p, 1), fault); // expected-warning {{'pointer_argument' calls 'slot' in an argument of 'unsafe_put_user', while a user access region is open; compute it before the region [airlock-call-in-uaccess]}}
fault:
	user_access_end();
}

void get_argument(u32 __user *p, u32 *value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_get_user(*value, slot(p, 1), fault); // expected-warning {{'get_argument' calls 'slot' in an argument of 'unsafe_get_user', while a user access region is open; compute it before the region [airlock-call-in-uaccess]}}
fault:
	user_access_end();
}

void copy_argument(char __user *to, const u32 *value)
{
	if (!user_access_begin(to, 8))
		return;
	unsafe_copy_to_user(to, (const char *)value, encode(8), fault); // expected-warning {{'copy_argument' calls 'encode' in an argument of 'unsafe_copy_to_user', while a user access region is open; compute it before the region [airlock-call-in-uaccess]}}
fault:
	user_access_end();
}

void part_of_an_argument(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(value ? encode(value) + 1 : 0, p, fault); // expected-warning {{'part_of_an_argument' calls 'encode' in an argument of 'unsafe_put_user'}}
	unsafe_put_user(encode(encode(value)), p, fault); // expected-warning 2 {{'part_of_an_argument' calls 'encode' in an argument of 'unsafe_put_user'}}
	unsafe_put_user(encode(1), slot(p, 2), fault); // expected-warning {{'part_of_an_argument' calls 'encode' in an argument of}} expected-warning {{'part_of_an_argument' calls 'slot' in an argument of}}
fault:
	user_access_end();
}

// The same expansion twice is two calls.
void on_one_line(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, 2 * sizeof(*p)))
		return;
	unsafe_put_user(encode(value), p, fault); unsafe_put_user(encode(value), p + 1, fault); // expected-warning 2 {{'on_one_line' calls 'encode' in an argument of 'unsafe_put_user'}}
fault:
	user_access_end();
}

void safe_arguments(u32 __user *p, u32 value)
{
	u32 encoded = encode(value);
	u32 __user *to = slot(p, 1);

	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(inline_encode(value), p, fault);
	unsafe_put_user(inline_encode(encoded) + 1, to, fault);
fault:
	user_access_end();
}

// Its type is asked for, no value is computed.
void unevaluated(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(encode(value))))
		return;
	unsafe_put_user(sizeof(encode(value)), (__typeof__(slot(p, 1)))p, fault);
	unsafe_put_user(__builtin_choose_expr(1, value, encode(value)), p, fault);
fault:
	user_access_end();
}

// The arguments of the opener are computed before it opens.
void opener_arguments(u32 __user *p, u32 value)
{
	if (!user_access_begin(slot(p, 1), encode(4)))
		return;
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void masked_opener_argument(u32 __user *p, u32 *value)
{
	if (can_do_masked_user_access())
		p = masked_user_access_begin(slot(p, 1));
	else if (!user_read_access_begin(slot(p, 1), encode(4)))
		return;
	unsafe_get_user(*value, p, fault);
fault:
	user_read_access_end();
}
