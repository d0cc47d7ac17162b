// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An initialiser at file scope may mention a call that is never made, as the kernel's ilog2() does.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;
int ilog(int);

#define ilog2(n) (__builtin_constant_p(n) ? 5 : ilog(n))

static int folded = ilog2(32);
int never = 0 && get_value(1);

int outside(void)
{
	static int kept = 1 || get_value(1); // expected-warning {{'outside' calls 'get_value'}}

	return get_value(folded) + kept; // expected-warning {{'outside' calls 'get_value'}}
}
