// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-in-loop -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

// page: wrong
int put_all(u32 __user *uids, const u32 *ids, int n)
{
	for (int i = 0; i < n; i++) // expected-note {{check the whole range and open before the loop, use the accessors that need an open region in it, and close after it and where a fault goes}}
		if (put_user(ids[i], uids + i)) // expected-remark {{'put_all' opens a user access region once each time around this loop; all that it does may be done in one, so open one with 'user_access_begin(ptr, len)' around the loop [airlock-uaccess-in-loop]}}
			return -EFAULT;
	return 0;
}
// page: end

// page: right
int put_at_once(u32 __user *uids, const u32 *ids, int n)
{
	if (!user_access_begin(uids, n * sizeof(*uids)))
		return -EFAULT;
	for (int i = 0; i < n; i++)
		unsafe_put_user(ids[i], uids + i, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
// page: end
