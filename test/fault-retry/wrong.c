// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fixed, tried again, and so on for ever.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=fault-retry -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static int fix_pagefault(struct mm_struct *mm, unsigned long at)
{
	bool unlocked = false;
	int error;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	error = fixup_user_fault(mm, at, FOLL_WRITE, &unlocked);
	mmap_read_unlock(mm);
	return error;
}

int retry(struct mm_struct *mm, u64 __user *p, u64 old)
{
	int error;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	while (true) {
		__uaccess_begin_nospec();
		error = 0;
		if (unsafe_try_cmpxchg_user(p, &old, 1, fault)) // expected-warning {{'retry' tries 'unsafe_try_cmpxchg_user' again each time 'fix_pagefault' has fixed the fault, and nothing else ends the loop; look for a signal, or count [airlock-fault-retry]}}
			error = 0;
		user_access_end();
		break;
fault:
		user_access_end();
		error = fix_pagefault(mm, (unsigned long)p);
		if (error < 0)
			break;
	}
	return error;
}

// With goto, and without a helper.
int again(struct mm_struct *mm, int __user *p)
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
	if (!fixup_user_fault(mm, (unsigned long)p, 0, &unlocked))
		goto again;
	return -EFAULT;
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

int macro(struct mm_struct *mm, int __user *p)
{
	int x;

	return get_user_nosleep(mm, x, p) ?: x; // expected-warning {{'macro' tries '__get_user' again each time 'fix_pagefault' has fixed the fault}}
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

	do {
		error = exchange(p, old); // expected-warning {{'helper' tries 'exchange' again each time 'fix_pagefault' has fixed the fault}}
	} while (error && !fix_pagefault(mm, (unsigned long)p));
	return error;
}
