// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=atomic-alignment -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
#define IS_ALIGNED(x, a) (((x) & ((typeof(x))(a) - 1)) == 0)

// page: wrong
int cmpxchg_user(u64 __user *uaddr, u64 old, u64 new)
{
	if (!user_access_begin(uaddr, sizeof(*uaddr)))
		return -EFAULT;
	unsafe_try_cmpxchg_user(uaddr, &old, new, fault); // expected-warning {{'unsafe_try_cmpxchg_user' is an atomic operation on user memory at 'uaddr', whose alignment nothing has checked; where it is not aligned the fault cannot be fixed [airlock-atomic-alignment]}}
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
// page: end

// page: right
int cmpxchg_aligned(u64 __user *uaddr, u64 old, u64 new)
{
	if (!IS_ALIGNED((unsigned long)uaddr, sizeof(*uaddr)))
		return -EINVAL;
	if (!user_access_begin(uaddr, sizeof(*uaddr)))
		return -EFAULT;
	unsafe_try_cmpxchg_user(uaddr, &old, new, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
// page: end
