// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A warning that is made an error does not keep the unit from being analysed.
// RUN: not %airlock_cc -Wall -Werror %s 2>&1 | FileCheck %s
#include <airlock.h>

int get_value(int) __uaccess;

int outside(int n)
{
	int unused;
	return get_value(n);
}
// CHECK-DAG: error: unused variable 'unused'
// CHECK-DAG: 'outside' calls 'get_value'
