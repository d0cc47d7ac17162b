// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=fault-retry -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
static int fix_pagefault(unsigned long at) { return fixup_user_fault(NULL, at, FOLL_WRITE, NULL); } // expected-note {{'fix_pagefault' calls 'fixup_user_fault' here}}
static int __try_xchg_user_64(u64 *val, u64 __user *uaddr)
{
	unsafe_try_cmpxchg_user(uaddr, val, 1, fault);
	return 0;
fault:
	return -EFAULT;
}
bool fatal_signal_pending(void *task);
#define current NULL

// page: wrong
int xchg_user_64(u64 *val, u64 __user *uaddr)
{
	int ret;

	while (true) { // expected-note {{this loop}}
		__uaccess_begin_nospec();
		ret = __try_xchg_user_64(val, uaddr); // expected-warning {{'xchg_user_64' tries '__try_xchg_user_64' again each time 'fix_pagefault' has fixed the fault, and nothing else ends the loop; look for a signal, or count [airlock-fault-retry]}}
		user_access_end();
		if (!ret)
			break;
		if (fix_pagefault((unsigned long)uaddr) < 0) // expected-note {{'xchg_user_64' calls 'fix_pagefault' here}}
			break;
	}
	return ret;
}
// page: end
// expected-note@api-user.h:* {{'fixup_user_fault' brings user pages in, as a page fault would}}

// page: right
int xchg_user_64_killable(u64 *val, u64 __user *uaddr)
{
	int ret;

	while (true) {
		__uaccess_begin_nospec();
		ret = __try_xchg_user_64(val, uaddr);
		user_access_end();
		if (!ret)
			break;
		if (fatal_signal_pending(current) || fix_pagefault((unsigned long)uaddr) < 0)
			break;
	}
	return ret;
}
// page: end
