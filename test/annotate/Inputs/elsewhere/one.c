// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>

int fetch(int value);

int one(int value)
{
	return fetch(value);
}
