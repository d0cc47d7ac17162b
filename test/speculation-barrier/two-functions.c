// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The check, or the opener, is elsewhere.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=speculation-barrier -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

// The check is elsewhere.
static bool is_fine(int __user *p) { return access_ok(p, sizeof(*p)); }

// So is the opener.
static inline void begin(void) { __uaccess_begin(); }

int checked_elsewhere(int __user *p)
{
	int x;

	if (!is_fine(p)) // expected-note {{the address is checked by 'is_fine' here; its result may be speculated past}}
		return -EFAULT;
	stac(); // expected-warning {{'stac' opens a user access region with no speculation barrier after 'is_fine'}}
	unsafe_get_user(x, p, fault);
	clac();
	return x;
fault:
	clac();
	return -EFAULT;
}

int opened_elsewhere(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p))) // expected-note {{the address is checked by 'access_ok' here; its result may be speculated past}}
		return -EFAULT;
	begin(); // expected-warning {{'begin' opens a user access region with no speculation barrier after 'access_ok'}}
	unsafe_get_user(x, p, fault);
	__uaccess_end();
	return x;
fault:
	__uaccess_end();
	return -EFAULT;
}
