// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What stands in the argument of a macro runs where the macro evaluates it: inside the region.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct stat { int id; long size; };
struct compat_stat { int id; int size; };

int encode(int id);
static int checked(long size) { return size > 0x7fffffff ? -1 : (int)size; }
int __uaccess_safe safe(int id);

int put_stat(struct compat_stat __user *to, const struct stat *from)
{
	if (!user_write_access_begin(to, sizeof(*to)))
		return -EFAULT;
	unsafe_put_user(encode(from->id), &to->id, fault); // expected-warning {{'put_stat' calls 'encode' in an argument of 'unsafe_put_user', while a user access region is open; compute it before the region}}
	unsafe_put_user(checked(from->size), &to->size, fault); // expected-warning {{'put_stat' calls 'checked' in an argument of 'unsafe_put_user', while a user access region is open; compute it before the region}}
	unsafe_put_user(safe(from->id), &to->id, fault);
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}

// The place counts as well as the value, and so does a macro around the macro.
struct compat_stat __user *next(struct compat_stat __user *at);
#define put_id(value, to, label) unsafe_put_user(value, &(to)->id, label)
int put_next(struct compat_stat __user *to, int id)
{
	if (!user_write_access_begin(to, 2 * sizeof(*to)))
		return -EFAULT;
	unsafe_put_user(id, &next(to)->id, fault); // expected-warning {{'put_next' calls 'next' in an argument of 'unsafe_put_user', while a user access region is open; compute it before the region}}
	put_id(encode(id), to, fault); // expected-warning-re {{'put_next' calls 'encode' in an argument of '{{put_id|unsafe_put_user}}', while a user access region is open; compute it before the region}}
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}
