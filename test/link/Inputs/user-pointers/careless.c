// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Checks nothing, and decides too early.
#include "access.h"

static int on_the_way(int __user *p) { return read_value(p); }
int careless(int __user *p) { return on_the_way(p); }

int twice(struct header __user *p, void *to)
{
	u32 size;

	if (get_user(size, &p->size) || size > 64)
		return -EINVAL;
	return handle(p, to);
}
