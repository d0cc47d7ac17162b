// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The parameter, and the fields that it is put into.
#include "nest.h"

void use(struct ops *ops, handler_t handler)
{
	int (*local)(int) = handler;

	ops->first = handler;
	ops->second = local;
}

int run(struct ops *ops, int value)
{
	return ops->first ? ops->first(value) : ops->second(value);
}
