// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The seven things that objtool checks of SMAP code in 6.12, each wrong and right, at the level of the source.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance,call-in-uaccess -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "../call-in-uaccess/Inputs/uaccess.h"

// 1. "call to f() with UACCESS enabled"

void call_enabled(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(1); // expected-warning {{'call_enabled' calls 'plain' while a user access region is open; 'plain' is neither '__uaccess_safe' nor shown safe by its body [airlock-call-in-uaccess]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void call_disabled(u32 __user *p, u32 value)
{
	plain(1);
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
	plain(2);
}

// 2. "return with UACCESS enabled"

int return_enabled(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	return 0; // expected-warning {{'return_enabled' returns while a user access region is open [airlock-region-balance]}}
fault:
	user_access_end();
	return -EFAULT;
}

int return_after_end(u32 __user *p, u32 value)
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

// 3. "return with UACCESS disabled from a UACCESS-safe function"

void __uaccess_safe safe_returns_disabled(u32 __user *p, u32 value)
{
	unsafe_put_user(value, p, fault);
fault:
	user_access_end(); // expected-warning {{'safe_returns_disabled' is called in region 'uaccess' and closes it [airlock-region-balance]}}
}

int __uaccess_safe safe_returns_enabled(u32 __user *p, u32 value)
{
	unsafe_put_user(value, p, fault);
	return 0;
fault:
	return -EFAULT;
}

// 4. "recursive UACCESS enable"

void enabled_twice(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	stac(); // expected-warning {{'enabled_twice' calls 'stac', which opens region 'uaccess', but it is open already [airlock-region-balance]}}
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

int __uaccess_safe safe_enables(u32 __user *p, u32 value)
{
	stac(); // expected-warning {{'safe_enables' calls 'stac', which opens region 'uaccess', but it is open already [airlock-region-balance]}}
	unsafe_put_user(value, p, fault);
	return 0;
fault:
	return -EFAULT;
}

void enabled_again(u32 __user *p, u32 value)
{
	stac();
	unsafe_put_user(value, p, fault);
	clac();
	stac();
	unsafe_put_user(value, p + 1, fault);
fault:
	clac();
}

// 5. "redundant UACCESS disable"

void disabled_twice(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
	user_access_end(); // expected-warning {{'disabled_twice' expands 'user_access_end', which closes region 'uaccess', but it is not open [airlock-region-balance]}}
}

void never_enabled(void)
{
	user_access_end(); // expected-warning {{'never_enabled' expands 'user_access_end', which closes region 'uaccess', but it is not open [airlock-region-balance]}}
}

int failed_to_enable(u32 __user *p)
{
	if (!user_access_begin(p, sizeof(*p))) {
		user_access_end(); // expected-warning {{'failed_to_enable' expands 'user_access_end', which closes region 'uaccess', but it is not open [airlock-region-balance]}}
		return -EFAULT;
	}
	user_access_end();
	return 0;
}

// 6. "UACCESS-safe disables UACCESS"

int __uaccess_safe safe_disables(u32 __user *p, u32 value)
{
	clac(); // expected-warning {{'safe_disables' is called in region 'uaccess' and closes it [airlock-region-balance]}}
	value = plain(value);
	stac();
	unsafe_put_user(value, p, fault);
	return 0;
fault:
	return -EFAULT;
}

int __uaccess_safe safe_saves(u32 __user *p, u32 value)
{
	unsigned long flags = user_access_save();

	value = plain(value);
	user_access_restore(flags);
	unsafe_put_user(value, p, fault);
	return 0;
fault:
	return -EFAULT;
}

// 7. PUSHF and POPF: what was saved last comes back first, and the state of each level with it.

void __uaccess_safe nested_saves(u32 __user *p, u32 value)
{
	unsigned long outer = user_access_save();

	plain(1);
	if (user_access_begin(p, sizeof(*p))) {
		unsigned long inner = user_access_save();

		plain(2);
		user_access_restore(inner);
		unsafe_put_user(value, p, fault);
fault:
		user_access_end();
	}
	plain(3);
	user_access_restore(outer);
}

void call_after_inner_restore(u32 __user *p)
{
	unsigned long outer = user_access_save();

	if (user_access_begin(p, sizeof(*p))) {
		unsigned long inner = user_access_save();

		plain(1);
		user_access_restore(inner);
		plain(2); // expected-warning {{'call_after_inner_restore' calls 'plain' while a user access region is open}}
		user_access_end();
	}
	user_access_restore(outer);
}

int __uaccess_safe call_after_outer_restore(int n)
{
	unsigned long flags = user_access_save();

	n = plain(n);
	user_access_restore(flags);
	return plain(n); // expected-warning {{'call_after_outer_restore' calls 'plain' while a user access region is open}}
}
