// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Computed before the region; or safe; or inline, and safe by its body; or not evaluated at all.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

struct stat { int id; long size; };
struct compat_stat { int id; int size; };

int encode(int id);
int __uaccess_safe safe(int id);
static inline int narrow(long size) { return size > 0x7fffffff ? -1 : (int)size; }
static inline int narrow_twice(long size) { return narrow(size) + narrow(size / 2); }

int put_stat(struct compat_stat __user *to, const struct stat *from)
{
	int id = encode(from->id);

	if (!user_write_access_begin(to, sizeof(*to)))
		return -EFAULT;
	unsafe_put_user(id, &to->id, fault);
	unsafe_put_user(safe(from->id), &to->id, fault);
	unsafe_put_user(narrow_twice(from->size), &to->size, fault);
	unsafe_put_user(sizeof(encode(id)), &to->size, fault);
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}

// The opener's own arguments come before the region, and put_user() opens it behind its own.
int before(struct compat_stat __user *to, const struct stat *from)
{
	if (!user_write_access_begin(to, encode(4)))
		return -EFAULT;
	unsafe_put_user(1, &to->id, fault);
	user_write_access_end();
	return put_user(encode(from->id), &to->id);
fault:
	user_write_access_end();
	return -EFAULT;
}
