// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>

/* Unrelated lines. */
static int unrelated(int n)
{
	return n + 1;
}

int get_value(int) __uaccess;

int outside(int n)
{
	int first;

	n = unrelated(n);
	first = get_value(n);

	return first + get_value(n + 1);
}

int caller_of_outside(int n)
{
	return outside(n);
}

void *leaked = get_value;
