// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A helper, and a caller that does not look.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=atomic-alignment -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

// A helper, and a caller that does not look.
static int helper(int __user *p, int old)
{
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault)) // expected-warning {{whose alignment nothing has checked}}
		return 0;
fault:
	return -EFAULT;
}

int looks(int __user *p, int old) { return (unsigned long)p & 3 ? -EINVAL : helper(p, old); }
int does_not(int __user *p, int old) { return helper(p, old); } // expected-note {{'does_not' calls 'helper' here}}
