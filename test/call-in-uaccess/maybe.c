// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Only where the region is certainly open is a call reported.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

void maybe_open(u32 __user *p)
{
	if (ready())
		__uaccess_begin();
	plain(1);
	if (ready())
		__uaccess_end();
}

void maybe_closed(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(value, p, fault);
	user_access_end();
fault:
	plain(1);
}

// The same condition decides both: open where it holds, and only there.
void correlated(u32 __user *p, u32 value, bool user)
{
	if (user && !user_access_begin(p, sizeof(*p)))
		return;
	plain(1);
	if (user) {
		plain(2); // expected-warning {{'correlated' calls 'plain' while a user access region is open}}
		unsafe_put_user(value, p, fault);
fault:
		user_access_end();
	}
}

void stored_answer(u32 __user *p)
{
	bool open = user_access_begin(p, sizeof(*p));

	plain(1);
	if (!open) {
		plain(2);
		return;
	}
	plain(3); // expected-warning {{'stored_answer' calls 'plain' while a user access region is open}}
	user_access_end();
}

// Open on every path, although by different openers.
void each_path(u32 __user *p)
{
	if (ready())
		__uaccess_begin();
	else if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(1); // expected-warning {{'each_path' calls 'plain' while a user access region is open}}
	user_access_end();
}

void not_reached(u32 __user *p)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	if (0)
		plain(1);
	user_access_end();
}

// Saved in between.
void saved(u32 __user *p)
{
	unsigned long flags;

	if (!user_access_begin(p, sizeof(*p)))
		return;
	flags = user_access_save();
	plain(1);
	user_access_restore(flags);
	plain(2); // expected-warning {{'saved' calls 'plain' while a user access region is open}}
	user_access_end();
}
