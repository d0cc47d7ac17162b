// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
struct text { u32 length; char at[]; };

// page: wrong
int first(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	if (copy_from_user(buffer, p->at, n)) // expected-warning {{'copy_from_user' copies as many bytes as user space says to 'buffer', which has 64 bytes; compare the size first [airlock-user-size]}}
		return -EFAULT;
	return buffer[0];
}
// page: end

// page: right
int first_bounded(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	if (n < 1 || n > sizeof(buffer))
		return -EINVAL;
	if (copy_from_user(buffer, p->at, n))
		return -EFAULT;
	return buffer[0];
}
// page: end
