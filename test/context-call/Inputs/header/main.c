// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "get.h"

static int first(int n)
{
	return get_value(n);
}

int declared(int n)
{
	return get_value(n) + first(n);
}
