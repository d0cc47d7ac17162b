// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Accesses that leave it to their callers.
#include "access.h"

int read_value(int __user *p)
{
	int x;

	return __get_user(x, p) ?: x;
}

int handle(struct header __user *p, void *to)
{
	struct header h;

	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	run(h.command, h.size);
	return 0;
}
