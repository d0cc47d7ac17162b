// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The array, what is in it, and a typedef on the way out of it.
#include "nest.h"

int fetch(int value)
{
	return value;
}

static int one(int value)
{
	return fetch(value) + 1;
}

static int two(int value)
{
	return value > 2 ? again(value - 1) : 2; /* round and round: run() comes back here */
}

static int none(int value)
{
	return value;
}

static int (*const table[3])(int) = { one, two, none };

handler_t pick(int number)
{
	return table[number];
}
