// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A cleanup function runs at the end of its variable's scope: within the region or after it, as the scopes lie.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

#define __cleanup(f) __attribute__((cleanup(f)))

void release(int *n);
void __uaccess_safe release_safely(int *n);

static inline void clear(int *n)
{
	*n = 0;
}

static inline void end_access(int *open)
{
	if (*open)
		user_access_end();
}

void scope_within(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	{
		int held __cleanup(release) = value; // expected-warning {{'scope_within' calls 'release' while a user access region is open}}

		*(volatile int *)p = held;
	}
	user_access_end();
}

void scope_around(u32 __user *p, u32 value)
{
	int held __cleanup(release) = value;

	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(held, p, fault);
fault:
	user_access_end();
}

// One way out of the scope is in the region.
void returns_within(u32 __user *p, u32 value)
{
	int held __cleanup(release) = value; // expected-warning {{'returns_within' calls 'release' while a user access region is open}}

	if (!user_access_begin(p, sizeof(*p)))
		return;
	if (!value)
		return;
	unsafe_put_user(held, p, fault);
fault:
	user_access_end();
}

void safe_cleanups(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	{
		int safe __cleanup(release_safely) = value;
		int cleared __cleanup(clear) = value;

		*(volatile int *)p = safe + cleared;
	}
	user_access_end();
}

// The region itself ends with a scope; what is declared later is cleaned up earlier.
void region_guard(u32 __user *p, u32 value)
{
	int before __cleanup(release) = value;
	int open __cleanup(end_access) = user_access_begin(p, sizeof(*p));

	if (!open)
		return;
	int within __cleanup(release) = value; // expected-warning {{'region_guard' calls 'release' while a user access region is open}}
	plain(before); // expected-warning {{'region_guard' calls 'plain' while a user access region is open}}
	value = within;
}
