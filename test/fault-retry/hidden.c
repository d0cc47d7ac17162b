// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The access is in a macro, or in a helper.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=fault-retry -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

static int fix_pagefault(struct mm_struct *mm, unsigned long at)
{
	bool unlocked = false;
	int error;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	error = fixup_user_fault(mm, at, FOLL_WRITE, &unlocked); // expected-note 2 {{'fix_pagefault' calls 'fixup_user_fault' here}}
	mmap_read_unlock(mm);
	return error;
}

// The accessor is a macro, and its loop in a statement expression.
#define get_user_nosleep(mm, out, at)				\
({								\
	int nosleep_error = -EFAULT;				\
								\
	if (access_ok((at), sizeof(*(at)))) {			\
		pagefault_disable();				\
		while (true) {					\
			if (!__get_user((out), (at))) {		\
				nosleep_error = 0;		\
				break;				\
			}					\
			if (fix_pagefault((mm), (unsigned long)(at)) < 0) \
				break;				\
		}						\
		pagefault_enable();				\
	}							\
	nosleep_error;						\
})
// expected-note@-11 {{'get_user_nosleep' expands '__get_user' here}}

int macro(struct mm_struct *mm, int __user *p)
{
	int x;

	return get_user_nosleep(mm, x, p) ?: x; // expected-warning {{'macro' tries '__get_user' again each time 'fix_pagefault' has fixed the fault}} expected-note {{this loop}} expected-note {{'macro' expands 'get_user_nosleep' here}} expected-note {{'macro' calls 'fix_pagefault' here}}
}

// The access is in a helper, too.
static int exchange(u64 __user *p, u64 old)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault))
		old = 0;
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int helper(struct mm_struct *mm, u64 __user *p, u64 old)
{
	int error;

	do { // expected-note {{this loop}}
		error = exchange(p, old); // expected-warning {{'helper' tries 'exchange' again each time 'fix_pagefault' has fixed the fault}}
	} while (error && !fix_pagefault(mm, (unsigned long)p)); // expected-note {{'helper' calls 'fix_pagefault' here}}
	return error;
}

// expected-note@api-user.h:* 2 {{'fixup_user_fault' brings user pages in, as a page fault would}}
