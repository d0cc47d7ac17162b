// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>

int (*hook)(int value);

int enter(int value)
{
	return hook(value);
}
