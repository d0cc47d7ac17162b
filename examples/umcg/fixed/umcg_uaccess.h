/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * umcg_uaccess.h - atomic operations on values in user memory.
 *
 * Each tries with page faults disabled and has the fault fixed where it failed.
 * What is not aligned would fault for ever; and a task that is killed gives up.
 */
#ifndef EXAMPLES_UMCG_UACCESS_H
#define EXAMPLES_UMCG_UACCESS_H

#include "../include/try_user.h"
#include "mm.h"

static inline int fix_pagefault(unsigned long uaddr, bool write_fault)
{
	struct mm_struct *mm = current->mm;
	int ret;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	ret = fixup_user_fault(mm, uaddr, write_fault ? FAULT_FLAG_WRITE : 0, NULL);
	mmap_read_unlock(mm);

	return ret < 0 ? ret : 0;
}

/* The old value comes back in val. */
static inline int xchg_user_32(u32 __user *uaddr, u32 *val)
{
	int ret;

	if (unlikely(!access_ok(uaddr, sizeof(*uaddr))))
		return -EFAULT;
	if (!IS_ALIGNED((unsigned long)uaddr, sizeof(*uaddr)))
		return -EINVAL;

	pagefault_disable();
	while (true) {
		__uaccess_begin_nospec();
		ret = __try_xchg_user_32(val, uaddr, *val);
		user_access_end();
		if (!ret)
			break;
		if (fatal_signal_pending(current) || fix_pagefault((unsigned long)uaddr, true) < 0)
			break;
	}
	pagefault_enable();
	return ret;
}

static inline int xchg_user_64(u64 __user *uaddr, u64 *val)
{
	int ret;

	if (unlikely(!access_ok(uaddr, sizeof(*uaddr))))
		return -EFAULT;
	if (!IS_ALIGNED((unsigned long)uaddr, sizeof(*uaddr)))
		return -EINVAL;

	pagefault_disable();
	while (true) {
		__uaccess_begin_nospec();
		ret = __try_xchg_user_64(val, uaddr, *val);
		user_access_end();
		if (!ret)
			break;
		if (fatal_signal_pending(current) || fix_pagefault((unsigned long)uaddr, true) < 0)
			break;
	}
	pagefault_enable();
	return ret;
}

/* 0 if it was old and is new now; -EAGAIN, and what it is in old, if it was not. */
static inline int cmpxchg_user_32(u32 __user *uaddr, u32 *old, u32 new)
{
	u32 expected = *old;
	int ret;

	if (unlikely(!access_ok(uaddr, sizeof(*uaddr))))
		return -EFAULT;
	if (!IS_ALIGNED((unsigned long)uaddr, sizeof(*uaddr)))
		return -EINVAL;

	pagefault_disable();
	while (true) {
		__uaccess_begin_nospec();
		ret = __try_cmpxchg_user_32(old, uaddr, new);
		user_access_end();
		if (!ret) {
			ret = *old == expected ? 0 : -EAGAIN;
			break;
		}
		if (fatal_signal_pending(current) || fix_pagefault((unsigned long)uaddr, true) < 0)
			break;
	}
	pagefault_enable();
	return ret;
}

static inline int cmpxchg_user_64(u64 __user *uaddr, u64 *old, u64 new)
{
	u64 expected = *old;
	int ret;

	if (unlikely(!access_ok(uaddr, sizeof(*uaddr))))
		return -EFAULT;
	if (!IS_ALIGNED((unsigned long)uaddr, sizeof(*uaddr)))
		return -EINVAL;

	pagefault_disable();
	while (true) {
		__uaccess_begin_nospec();
		ret = __try_cmpxchg_user_64(old, uaddr, new);
		user_access_end();
		if (!ret) {
			ret = *old == expected ? 0 : -EAGAIN;
			break;
		}
		if (fatal_signal_pending(current) || fix_pagefault((unsigned long)uaddr, true) < 0)
			break;
	}
	pagefault_enable();
	return ret;
}

#endif
