// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Who picks, and who enters.
#include "nest.h"

static struct ops all;

int again(int value)
{
	return run(&all, value);
}

static int quiet(int value)
{
	return value + 1;
}

int enter(int value)
{
	use(&all, pick(value));
	return quiet(run(&all, value));
}
