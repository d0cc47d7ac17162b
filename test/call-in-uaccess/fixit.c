// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The fix-it computes the argument before the region: applied, the code compiles, and has no finding left.
// RUN: cp %s %t.c
// RUN: %airlock_cc -std=gnu11 -I %S -fplugin-arg-airlock-model=linux -Xclang -fixit %t.c 2>&1 | FileCheck %s --check-prefix=FIRST --implicit-check-not=warning:
// RUN: %airlock_cc -std=gnu11 -Wall -Werror -I %S -fplugin-arg-airlock-model=linux %t.c 2>&1 | FileCheck %s --check-prefix=AGAIN --allow-empty
// RUN: FileCheck %s --input-file=%t.c --check-prefix=FIXED
#include "Inputs/uaccess.h"

u32 encode(u32 value);
u64 encode_wide(u64 value);
u32 __user *slot(u32 __user *p, int n);

struct stat_like {
	u64 device;
	u32 owner;
};

int put(struct stat_like __user *to, const struct stat_like *from)
{
	if (!user_access_begin(to, sizeof(*to)))
		return -EFAULT;
	unsafe_put_user(encode_wide(from->device), &to->device, fault);
	unsafe_put_user(encode(from->owner), &to->owner, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

// The computation stands in front of the opener, and the call is gone from the region.
// FIXED-LABEL: int put(
// FIXED-DAG: = encode_wide(from->device);
// FIXED-DAG: = encode(from->owner);
// FIXED: user_access_begin(
// FIXED-NOT: {{encode(_wide)?\(}}
// FIXED: unsafe_put_user({{[a-z_]+}}, &to->device, fault);
// FIXED: unsafe_put_user({{[a-z_]+}}, &to->owner, fault);
// FIXED: user_access_end();

int put_to_slot(u32 __user *p, u32 value)
{
	int err = -EFAULT;

	value++;
	if (user_access_begin(p, sizeof(*p))) {
		unsafe_put_user(value, slot(p, 1), fault);
		err = 0;
fault:
		user_access_end();
	}
	return err;
}

// FIXED-LABEL: int put_to_slot(
// FIXED: value++;
// FIXED: = slot(p, 1);
// FIXED: user_access_begin(
// FIXED-NOT: slot(p
// FIXED: user_access_end();

// FIRST-DAG: warning: 'put' calls 'encode_wide' in an argument of 'unsafe_put_user'
// FIRST-DAG: warning: 'put' calls 'encode' in an argument of 'unsafe_put_user'
// FIRST-DAG: warning: 'put_to_slot' calls 'slot' in an argument of 'unsafe_put_user'
// AGAIN-NOT: {{.}}
