/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * try_user.h - one atomic instruction on user memory, which may fault.
 *
 * The region is open.  An address that is not aligned faults, too: where it
 * splits a cache line the processor would have to lock the bus.
 */
#ifndef EXAMPLES_TRY_USER_H
#define EXAMPLES_TRY_USER_H

#include "uaccess.h"

static inline bool __user_faults(const void __user *uaddr, unsigned long size)
{
	BUG_ON(!__user_access_open);
	return (unsigned long)uaddr < PAGE_SIZE || !IS_ALIGNED((unsigned long)uaddr, size);
}

#define __TRY_XCHG_USER(bits)								\
static inline int __try_xchg_user_##bits(u##bits *oval, u##bits __user *uaddr,		\
					 u##bits newval)				\
{											\
	if (__user_faults(uaddr, sizeof(*oval)))					\
		return -EFAULT;								\
	*oval = __atomic_exchange_n((__force u##bits *)uaddr, newval, __ATOMIC_SEQ_CST); \
	return 0;									\
}

/* old becomes what was there, whether it was exchanged or not. */
#define __TRY_CMPXCHG_USER(bits)							\
static inline int __try_cmpxchg_user_##bits(u##bits *old, u##bits __user *uaddr,	\
					    u##bits newval)				\
{											\
	if (__user_faults(uaddr, sizeof(*old)))						\
		return -EFAULT;								\
	__atomic_compare_exchange_n((__force u##bits *)uaddr, old, newval, false,	\
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);		\
	return 0;									\
}

__TRY_XCHG_USER(32)
__TRY_XCHG_USER(64)
__TRY_CMPXCHG_USER(32)
__TRY_CMPXCHG_USER(64)

#endif
