// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fixed, tried again, and so on for ever: with a loop, and with goto.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=fault-retry -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

static int fix_pagefault(struct mm_struct *mm, unsigned long at)
{
	bool unlocked = false;
	int error;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	error = fixup_user_fault(mm, at, FOLL_WRITE, &unlocked); // expected-note {{'fix_pagefault' calls 'fixup_user_fault' here}}
	mmap_read_unlock(mm);
	return error;
}

int retry(struct mm_struct *mm, u64 __user *p, u64 old)
{
	int error;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	while (true) { // expected-note {{this loop}}
		__uaccess_begin_nospec();
		error = 0;
		if (unsafe_try_cmpxchg_user(p, &old, 1, fault)) // expected-warning {{'retry' tries 'unsafe_try_cmpxchg_user' again each time 'fix_pagefault' has fixed the fault, and nothing else ends the loop; look for a signal, or count [airlock-fault-retry]}}
			error = 0;
		user_access_end();
		break;
fault:
		user_access_end();
		error = fix_pagefault(mm, (unsigned long)p); // expected-note {{'retry' calls 'fix_pagefault' here}}
		if (error < 0)
			break;
	}
	return error;
}

// With goto, and without a helper.
int again(struct mm_struct *mm, int __user *p) // expected-note {{this loop}}
{
	bool unlocked;
	int x;

again:
	pagefault_disable();
	if (!__get_user(x, p)) { // expected-warning {{'again' tries '__get_user' again each time 'fixup_user_fault' has fixed the fault}}
		pagefault_enable();
		return x;
	}
	pagefault_enable();
	if (!fixup_user_fault(mm, (unsigned long)p, 0, &unlocked)) // expected-note {{'again' calls 'fixup_user_fault' here}}
		goto again;
	return -EFAULT;
}

// expected-note@api-user.h:* 2 {{'fixup_user_fault' brings user pages in, as a page fault would}}
