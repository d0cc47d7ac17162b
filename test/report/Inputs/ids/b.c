// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a.c only declares; a function of a name that a.c has, too.
#include "api.h"

int elsewhere(int k)
{
	might_sleep();
	return k;
}

static int same(int n)
{
	return get_value(n) + get_value(n);
}

int uses(int n)
{
	return same(n) + in_header(n);
}
