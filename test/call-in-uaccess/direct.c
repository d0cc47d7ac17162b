// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A call in an open region: the whole text, and where the region begins and ends.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu11 -DNO_ASM_GOTO_OUTPUT -DMASKED_ADDRESSES -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

static int static_plain(int n)
{
	return n + 1;
}

void in_the_region(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(value); // expected-warning {{'in_the_region' calls 'plain' while a user access region is open; 'plain' is neither '__uaccess_safe' nor shown safe by its body [airlock-call-in-uaccess]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void before_and_after(u32 __user *p, u32 value)
{
	value = plain(value);
	if (!user_access_begin(p, sizeof(*p))) {
		plain(1);
		return;
	}
	unsafe_put_user(value, p, fault);
	user_access_end();
	plain(2);
	return;
fault:
	user_access_end();
	plain(3);
}

// Harmless as its body is, the machine calls it, and may trace or instrument it.
void static_function(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value = static_plain(value); // expected-warning {{'static_function' calls 'static_plain' while a user access region is open; 'static_plain' is neither '__uaccess_safe' nor shown safe by its body [airlock-call-in-uaccess]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

// The fault arrives at the label with the region open.
void at_the_label(u32 __user *p, u32 *value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_get_user(*value, p, fault);
	user_access_end();
	return;
fault:
	plain(1); // expected-warning {{'at_the_label' calls 'plain' while a user access region is open}}
	user_access_end();
	plain(2);
}

void every_call(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value = plain(plain(value)); // expected-warning 2 {{'every_call' calls 'plain'}}
	if (plain(1) && plain(2)) // expected-warning 2 {{'every_call' calls 'plain'}}
		unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void in_a_loop(u32 __user *p, const u32 *values, int n)
{
	if (!user_access_begin(p, n * sizeof(*p)))
		return;
	for (int i = 0; i < n; i++) {
		plain(i); // expected-warning {{'in_a_loop' calls 'plain'}}
		unsafe_put_user(values[i], p + i, fault);
	}
fault:
	user_access_end();
}

// Between two rounds it is closed.
void between_rounds(u32 __user *p, const u32 *values, int n)
{
	for (int i = 0; i < n; i++) {
		if (!user_access_begin(p + i, sizeof(*p)))
			return;
		unsafe_put_user(values[i], p + i, fault);
		user_access_end();
		plain(i);
	}
	return;
fault:
	user_access_end();
}

void low_level(u32 __user *p, u32 value)
{
	if (!access_ok(p, sizeof(*p)))
		return;
	plain(1);
	__uaccess_begin_nospec();
	plain(2); // expected-warning {{'low_level' calls 'plain'}}
	unsafe_put_user(value, p, fault);
fault:
	__uaccess_end();
	plain(3);
}

void masked(u32 __user *p, u32 *value)
{
	if (can_do_masked_user_access())
		p = masked_user_access_begin(p);
	else if (!user_read_access_begin(p, sizeof(*p)))
		return;
	plain(1); // expected-warning {{'masked' calls 'plain'}}
	unsafe_get_user(*value, p, fault);
fault:
	user_read_access_end();
	plain(2);
}

// What the opener and the closer are made of is no call out of the region.
void own_parts(char __user *to, const char *from, size_t len)
{
	if (!user_write_access_begin(to, len))
		return;
	unsafe_copy_to_user(to, from, len, fault);
fault:
	user_write_access_end();
}

// Opened by an inline helper: open all the same.
static inline bool open_for(u32 __user *p)
{
	return user_access_begin(p, sizeof(*p));
}

static inline void close_region(void)
{
	user_access_end();
}

void opened_by_helper(u32 __user *p, u32 value)
{
	if (!open_for(p)) {
		plain(1);
		return;
	}
	plain(2); // expected-warning {{'opened_by_helper' calls 'plain'}}
	unsafe_put_user(value, p, fault);
fault:
	close_region();
	plain(3);
}
