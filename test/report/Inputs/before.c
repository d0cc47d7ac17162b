// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>

int get_value(int) __uaccess;

int outside(int n)
{
	int first = get_value(n);

	return first + get_value(n + 1);
}

void *leaked = get_value;
