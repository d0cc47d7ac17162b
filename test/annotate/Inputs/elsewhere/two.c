// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Declares for itself what the other unit defines.
#include <airlock.h>

extern int one(int value);
extern int (*hook)(int value);

int two(int value)
{
	return one(value);
}

void set_up(void)
{
	hook = two;
}
