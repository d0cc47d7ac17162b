// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// '__uaccess_safe' is a duty as well: such a function runs with the region open, and calls only what is safe.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

int __uaccess_safe other_safe(int n);

static inline int encode(int n)
{
	return n << 8;
}

int __uaccess_safe right(int n)
{
	return other_safe(encode(n));
}

int __uaccess_safe wrong(int n)
{
	return plain(n); // expected-warning {{'wrong' calls 'plain' while a user access region is open; 'plain' is neither '__uaccess_safe' nor shown safe by its body [airlock-call-in-uaccess]}}
}

static inline int __uaccess_safe inline_wrong(int n)
{
	return plain(n); // expected-warning {{'inline_wrong' calls 'plain' while a user access region is open}}
}

// Callers take it at its word: one finding, where the promise is broken.
int __uaccess_safe calls_wrong(int n)
{
	return wrong(n) + inline_wrong(n);
}

int __uaccess_safe accesses(u32 __user *p, u32 value)
{
	unsafe_put_user(value, p, fault);
	return 0;
fault:
	return plain(1); // expected-warning {{'accesses' calls 'plain' while a user access region is open}}
}

// Said on the prototype.
int prototype(int n) __uaccess_safe;
int prototype(int n)
{
	return plain(n); // expected-warning {{'prototype' calls 'plain' while a user access region is open}}
}

// Region saved: free to call until it is restored.
int __uaccess_safe saves(int n)
{
	unsigned long flags = user_access_save();

	n = plain(n);
	user_access_restore(flags);
	return other_safe(n);
}

int __uaccess_safe saves_too_late(int n)
{
	unsigned long flags;

	n = plain(n); // expected-warning {{'saves_too_late' calls 'plain' while a user access region is open}}
	flags = user_access_save();
	n = plain(n);
	user_access_restore(flags);
	return plain(n); // expected-warning {{'saves_too_late' calls 'plain' while a user access region is open}}
}

// Without the word nothing is asked of it.
int unmarked(int n)
{
	return plain(n);
}
