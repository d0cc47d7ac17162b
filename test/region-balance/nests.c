// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A user access region does not nest: opened twice, the first closer ends both. Also where a helper opens the second one.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "../call-in-uaccess/Inputs/uaccess.h"

void twice(u32 __user *p, u32 __user *q, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	if (user_access_begin(q, sizeof(*q))) // expected-warning {{'twice' calls 'user_access_begin', which opens region 'uaccess', but it is open already [airlock-region-balance]}}
		unsafe_put_user(value, q, fault);
fault:
	user_access_end();
}

void low_level_twice(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	__uaccess_begin(); // expected-warning-re {{{{.*}} which opens region 'uaccess', but it is open already [airlock-region-balance]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void one_after_the_other(u32 __user *p, u32 __user *q, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(value, p, fault);
	user_access_end();
	if (!user_access_begin(q, sizeof(*q)))
		return;
	unsafe_put_user(value, q, fault);
fault:
	user_access_end();
}

// The second opener is in a helper that leaves it open.
static inline bool open_for(u32 __user *p)
{
	return user_access_begin(p, sizeof(*p));
}

void twice_by_helper(u32 __user *p, u32 __user *q, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	if (open_for(q)) // expected-warning {{'twice_by_helper' calls 'open_for', which opens region 'uaccess', but it is open already [airlock-region-balance]}}
		unsafe_put_user(value, q, fault);
fault:
	user_access_end();
}

// The helper has a region of its own, and so closes its caller's.
static inline int put_one(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

void own_region_in_helper(u32 __user *p, u32 __user *q, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	put_one(q, value); // expected-warning {{'own_region_in_helper' calls 'put_one', which opens region 'uaccess', but it is open already [airlock-region-balance]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void own_region_after(u32 __user *p, u32 __user *q, u32 value)
{
	put_one(q, value);
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
	put_one(q, value);
}

// Only maybe open: quiet.
void maybe_twice(u32 __user *p, u32 value)
{
	if (ready())
		__uaccess_begin();
	if (!user_access_begin(p, sizeof(*p)))
		return; // expected-warning {{'maybe_twice' returns while a user access region is open, but not on every path [airlock-region-balance]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}
