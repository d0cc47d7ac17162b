// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// More than was promised: argsz and minsz, as in VFIO.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

#define offsetofend(T, f) (offsetof(T, f) + sizeof(((T *)0)->f))

// argsz and minsz, as in VFIO.
struct info { u32 argsz, flags, index, count; u64 offset; };

int past_argsz(struct info __user *arg)
{
	unsigned long minsz = offsetofend(struct info, flags);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz)
		return -EINVAL;
	if (copy_from_user(&info, arg, sizeof(info))) // expected-warning {{'copy_from_user' goes up to byte 24 of user memory that was only compared to have 8 bytes; compare its size with all that is accessed}}
		return -EFAULT;
	return info.index;
}

int writes_past_argsz(struct info __user *arg)
{
	unsigned long minsz = offsetofend(struct info, count);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz)
		return -EINVAL;
	info.offset = 0;
	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0; // expected-warning {{'copy_to_user' goes up to byte 24 of user memory that was only compared to have 16 bytes}}
}

int count_not_compared(struct info __user *arg, char *to)
{
	unsigned long minsz = offsetofend(struct info, count);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz || info.count > 64)
		return -EINVAL;
	return copy_from_user(to, (char __user *)arg + minsz, info.count) ? -EFAULT : 0; // expected-warning {{'copy_from_user' takes its size from user memory that was only compared to have 16 bytes}}
}
