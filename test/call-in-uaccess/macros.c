// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Macros around the region and around the call: bodies, arguments within arguments, a macro that is no call at all.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

u32 encode(u32 value);

static inline u32 inline_encode(u32 value)
{
	return value << 8;
}

#define SAME(x) (x)
#define ENCODE(x) encode(x)
#define ENCODE_INLINE(x) inline_encode(x)
#define put_encoded(x, p, label) unsafe_put_user(encode(x), p, label)
#define put_inline(x, p, label) unsafe_put_user(inline_encode(x), p, label)
#define put(x, p, label) unsafe_put_user(x, p, label)
#define with_region(p, statement)                       \
	do {                                            \
		if (user_access_begin(p, sizeof(*(p)))) { \
			statement;                      \
			user_access_end();              \
		}                                       \
	} while (0)
#define IGNORE(x) ((void)0)

void call_in_a_body(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	put_encoded(value, p, fault); // expected-warning {{'call_in_a_body' calls 'encode'}}
	put_inline(value, p, fault);
fault:
	user_access_end();
}

void macro_that_calls(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value = ENCODE(value); // expected-warning {{'macro_that_calls' calls 'encode'}}
	value = ENCODE_INLINE(value);
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void argument_of_a_wrapper(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	put(encode(value), p, fault); // expected-warning {{'argument_of_a_wrapper' calls 'encode' in an argument of}}
	put(inline_encode(value), p, fault);
fault:
	user_access_end();
}

void macro_in_an_argument(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(SAME(encode(value)), p, fault); // expected-warning {{'macro_in_an_argument' calls 'encode'}}
	unsafe_put_user(ENCODE(value), p, fault); // expected-warning {{'macro_in_an_argument' calls 'encode'}}
	unsafe_put_user(SAME(SAME(value)), p, fault);
	unsafe_put_user(SAME(ENCODE_INLINE(value)), p, fault);
fault:
	user_access_end();
}

// An argument that is a statement runs in the region that the macro opened around it: a call like any other, for there
// is no place before the region to move it to.
void statement_argument(u32 __user *p, u32 value)
{
	with_region(p, plain(value)); // expected-warning {{'statement_argument' calls 'plain' while a user access region is open}}
	with_region(p, value++);
	plain(value);
}

void ignored(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	IGNORE(plain(value));
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

// A function by the name of a macro, and a macro by the name of a function.
static inline u32 shadowed(u32 value)
{
	return value;
}
#define shadowed(x) encode(shadowed(x))

void macro_of_the_same_name(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value = (shadowed)(value);
	value = shadowed(value); // expected-warning {{'macro_of_the_same_name' calls 'encode'}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}
