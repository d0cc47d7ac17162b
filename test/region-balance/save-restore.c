// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// user_access_save() closes the region and remembers whether it was open; user_access_restore() puts it back.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "../call-in-uaccess/Inputs/uaccess.h"

void pair(void)
{
	unsigned long flags = user_access_save();

	plain(1);
	user_access_restore(flags);
}

void in_a_region(u32 __user *p, u32 value)
{
	unsigned long flags;

	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(value, p, fault);
	flags = user_access_save();
	plain(value);
	user_access_restore(flags);
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

// What was open is open again.
void left_open_after_restore(u32 __user *p)
{
	unsigned long flags;

	if (!user_access_begin(p, sizeof(*p)))
		return;
	flags = user_access_save();
	plain(1);
	user_access_restore(flags);
	return; // expected-warning {{'left_open_after_restore' returns while a user access region is open [airlock-region-balance]}}
}

void nested(void)
{
	unsigned long outer = user_access_save();
	unsigned long inner = user_access_save();

	plain(1);
	user_access_restore(inner);
	user_access_restore(outer);
}

// A region of its own within a saved one.
void own_region_inside(u32 __user *p, u32 value)
{
	unsigned long flags = user_access_save();

	if (user_access_begin(p, sizeof(*p))) {
		unsafe_put_user(value, p, fault);
fault:
		user_access_end();
	}
	user_access_restore(flags);
}

void not_restored(int n)
{
	unsigned long flags = user_access_save(); // expected-warning@* {{'not_restored' saves region 'uaccess' and does not restore it [airlock-region-balance]}}

	plain(n);
	(void)flags;
}

int not_restored_on_one_path(int n)
{
	unsigned long flags = user_access_save();

	if (plain(n) < 0)
		return -EINVAL; // expected-warning@* {{'not_restored_on_one_path' saves region 'uaccess' and does not restore it [airlock-region-balance]}}
	user_access_restore(flags);
	return 0;
}

void outer_not_restored(int n)
{
	unsigned long outer = user_access_save(); // expected-warning@* {{'outer_not_restored' saves region 'uaccess' and does not restore it [airlock-region-balance]}}
	unsigned long inner = user_access_save();

	plain(n);
	user_access_restore(inner);
	(void)outer;
}

void not_saved(unsigned long flags)
{
	plain(1);
	user_access_restore(flags); // expected-warning {{'not_saved' restores region 'uaccess', which it has not saved [airlock-region-balance]}}
}

void restored_twice(void)
{
	unsigned long flags = user_access_save();

	plain(1);
	user_access_restore(flags);
	user_access_restore(flags); // expected-warning {{'restored_twice' restores region 'uaccess', which it has not saved [airlock-region-balance]}}
}

void in_each_round(int n)
{
	while (n--) {
		unsigned long flags = user_access_save();

		plain(n);
		user_access_restore(flags);
	}
}

// Inline helpers for the two halves.
static inline unsigned long leave_region(void)
{
	return user_access_save();
}

static inline void enter_region_again(unsigned long flags)
{
	user_access_restore(flags);
}

void by_helpers(void)
{
	unsigned long flags = leave_region();

	plain(1);
	enter_region_again(flags);
}

int by_helpers_on_one_path(int n)
{
	unsigned long flags = leave_region();

	if (plain(n) < 0)
		return -EINVAL; // expected-warning@* {{'by_helpers_on_one_path' saves region 'uaccess' and does not restore it [airlock-region-balance]}}
	enter_region_again(flags);
	return 0;
}

// A safe function that saves first may do what it likes until it restores.
int __uaccess_safe report(int n)
{
	unsigned long flags = user_access_save();

	n = plain(n);
	user_access_restore(flags);
	return n;
}

int __uaccess_safe report_not_restored(int n)
{
	unsigned long flags = user_access_save(); // expected-warning@* {{'report_not_restored' saves region 'uaccess' and does not restore it [airlock-region-balance]}}

	(void)flags;
	return plain(n);
}
