// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <get.h>

int outside(int n)
{
	return get(n);
}
