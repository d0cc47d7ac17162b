// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A source file that another one includes, as kernel/sched/build_policy.c does, is part of the unit, used or not; and so
// is what is included in the middle of a function.
// RUN: %airlock_cc -fplugin-arg-airlock-model=vhost -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;

#define vhost_get_user(x) (x)

#include "Inputs/part.c"

int body(int n)
{
#include "Inputs/body.h"
	return n;
}
