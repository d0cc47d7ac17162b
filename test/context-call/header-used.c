// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Inline functions of a header are callers like any other; the finding stands in the header.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;
#include "Inputs/used.h"

int outer(int n)
{
	inner_inside(n); // expected-warning {{'outer' calls 'inner_inside', which needs context 'uaccess'}}
	return middle(n);
}
