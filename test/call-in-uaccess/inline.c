// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Inline functions are judged by their bodies, through every level.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

static int static_plain(int n)
{
	return n + 1;
}

static inline u64 encode(u64 value)
{
	return (value & 0xfff) << 8 | value >> 12;
}

static inline u64 encode_twice(u64 value)
{
	return encode(encode(value) + 1);
}

static inline u64 encode_with_branches(u64 value)
{
	while (value > 3) {
		if (value & 1)
			value = encode_twice(value);
		value >>= 1;
	}
	return value;
}

static __always_inline void fence(void)
{
	asm volatile("" ::: "memory");
}

static inline int calls_plain(int n)
{
	return plain(n);
}

static inline int calls_static(int n)
{
	return static_plain(n);
}

static inline int two_levels(int n)
{
	return n > 0 ? calls_plain(n) : 0;
}

static inline int calls_pointer(int (*fn)(int), int n)
{
	return fn(n);
}

// A branch that is never taken does not count.
static inline int debug_only(int n)
{
	if (0)
		plain(n);
	return n;
}

static inline __attribute__((noinline)) int not_inline(int n)
{
	return n;
}

// One that is inlined by force although the word is missing.
static __attribute__((always_inline)) int forced(int n)
{
	return n;
}

// GNU's older inline: this body is never emitted.
extern inline __attribute__((gnu_inline)) int gnu_inlined(int n)
{
	return n;
}

void safe(u64 __user *p, u64 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value = encode(value);
	value = encode_twice(value);
	value += encode_with_branches(value) + debug_only(value) + forced(value) + gnu_inlined(value);
	fence();
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void unsafe(u64 __user *p, u64 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	calls_plain(value); // expected-warning {{'unsafe' calls 'calls_plain' while a user access region is open; 'calls_plain' is neither '__uaccess_safe' nor shown safe by its body [airlock-call-in-uaccess]}}
	calls_static(value); // expected-warning {{'unsafe' calls 'calls_static' while a user access region is open}}
	two_levels(value); // expected-warning {{'unsafe' calls 'two_levels' while a user access region is open}}
	calls_pointer(plain, value); // expected-warning {{'unsafe' calls 'calls_pointer' while a user access region is open}}
	not_inline(value); // expected-warning {{'unsafe' calls 'not_inline' while a user access region is open}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
	calls_plain(value);
	two_levels(value);
}

// A helper that opens the region and calls out with it open: the finding is its own, not its caller's.
static inline void calls_within(u64 __user *p, u64 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(1); // expected-warning {{'calls_within' calls 'plain' while a user access region is open}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void caller(u64 __user *p, u64 value)
{
	calls_within(p, value);
}
