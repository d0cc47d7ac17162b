/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * uaccess.h - the only way from kernel memory to user memory and back.
 *
 * User memory here is the memory of the process, below TASK_SIZE_MAX and
 * above the first page.  As with SMAP, touching it while the access region is
 * shut is a bug, not a fault.
 *
 * get_user() and friends are macros, as in the kernel, because they take the
 * value by name and its size from the pointer.
 */
#ifndef EXAMPLES_UACCESS_H
#define EXAMPLES_UACCESS_H

#include "barrier.h"
#include "kernel.h"
#include "task.h"

#if __SIZEOF_LONG__ == 8
#define TASK_SIZE_MAX	((ULONG_MAX >> 1) - PAGE_SIZE + 1)
#else
#define TASK_SIZE_MAX	0xc0000000UL
#endif

#define might_fault()	might_sleep()

extern _Thread_local bool __user_access_open;

static inline void stac(void)
{
	__user_access_open = true;
	barrier();
}

static inline void clac(void)
{
	barrier();
	__user_access_open = false;
}

static inline void __uaccess_begin(void)
{
	stac();
}

static inline void __uaccess_begin_nospec(void)
{
	stac();
	barrier_nospec();
}

static inline bool __access_ok(const void __user *ptr, unsigned long size)
{
	return size <= TASK_SIZE_MAX && (unsigned long)ptr <= TASK_SIZE_MAX - size;
}

#define access_ok(ptr, size)	likely(__access_ok(ptr, size))

/* How many of the n bytes could not be copied: all or nothing. */
static inline unsigned long raw_copy_from_user(void *to, const void __user *from, unsigned long n)
{
	BUG_ON(!__user_access_open);
	if ((unsigned long)from < PAGE_SIZE)
		return n;
	memcpy(to, (__force const void *)from, n);
	return 0;
}

static inline unsigned long raw_copy_to_user(void __user *to, const void *from, unsigned long n)
{
	BUG_ON(!__user_access_open);
	if ((unsigned long)to < PAGE_SIZE)
		return n;
	memcpy((__force void *)to, from, n);
	return 0;
}

/* The region is open: one value in, or zeroes and -EFAULT. */
static inline int __user_load(void *to, const void __user *from, unsigned long n)
{
	if (!raw_copy_from_user(to, from, n))
		return 0;
	memset(to, 0, n);
	return -EFAULT;
}

static inline int __user_store(void __user *to, const void *from, unsigned long n)
{
	return raw_copy_to_user(to, from, n) ? -EFAULT : 0;
}

static inline int __get_user_size(void *to, const void __user *from, unsigned long n)
{
	int err;

	__uaccess_begin_nospec();
	err = __user_load(to, from, n);
	clac();
	return err;
}

static inline int __put_user_size(void __user *to, const void *from, unsigned long n)
{
	int err;

	stac();
	err = __user_store(to, from, n);
	clac();
	return err;
}

/* What *ptr holds, as a type one can declare a variable of: a cast drops const. */
#define __user_value_type(ptr)	__typeof__((__typeof__(*(ptr)))0)

/* Without a check: the caller has validated the pointer. */
#define __get_user(x, ptr)						\
({									\
	__user_value_type(ptr) __gu_val;				\
	int __gu_err = __get_user_size(&__gu_val, (ptr), sizeof(__gu_val));	\
									\
	(x) = __gu_val;							\
	__gu_err;							\
})

#define __put_user(x, ptr)						\
({									\
	__user_value_type(ptr) __pu_val = (x);				\
									\
	__put_user_size((ptr), &__pu_val, sizeof(__pu_val));		\
})

#define get_user(x, ptr)						\
({									\
	__typeof__(ptr) __gu_ptr = (ptr);				\
	int __gu_ret = -EFAULT;						\
									\
	might_fault();							\
	if (access_ok(__gu_ptr, sizeof(*__gu_ptr)))			\
		__gu_ret = __get_user(x, __gu_ptr);			\
	else								\
		(x) = 0;						\
	__gu_ret;							\
})

#define put_user(x, ptr)						\
({									\
	__typeof__(ptr) __pu_ptr = (ptr);				\
	int __pu_ret = -EFAULT;						\
									\
	might_fault();							\
	if (access_ok(__pu_ptr, sizeof(*__pu_ptr)))			\
		__pu_ret = __put_user(x, __pu_ptr);			\
	__pu_ret;							\
})

static inline unsigned long __copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long left;

	might_fault();
	__uaccess_begin_nospec();
	left = raw_copy_from_user(to, from, n);
	clac();
	return left;
}

static inline unsigned long __copy_to_user(void __user *to, const void *from, unsigned long n)
{
	unsigned long left;

	might_fault();
	stac();
	left = raw_copy_to_user(to, from, n);
	clac();
	return left;
}

/* What is not copied in is cleared: no old kernel memory is taken for user data. */
static inline unsigned long copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long left = n;

	if (access_ok(from, n))
		left = __copy_from_user(to, from, n);
	if (unlikely(left))
		memset((char *)to + (n - left), 0, left);
	return left;
}

static inline unsigned long copy_to_user(void __user *to, const void *from, unsigned long n)
{
	return access_ok(to, n) ? __copy_to_user(to, from, n) : n;
}

/*
 * One region for several accesses.  On a fault the unsafe forms jump to the
 * label with the region still open; the label closes it.  The macro of the
 * function's own name is the kernel's way to say that the function exists.
 */
static inline bool user_access_begin(const void __user *ptr, size_t size)
{
	if (unlikely(!access_ok(ptr, size)))
		return false;
	__uaccess_begin_nospec();
	return true;
}
#define user_access_begin(ptr, size)	user_access_begin(ptr, size)
#define user_access_end()		clac()

/* For memory that access_ok() and barrier_nospec() have been paid for: opens, no more. */
static inline void user_access_begin_after_access_ok(void)
{
	__uaccess_begin();
}

#define unsafe_get_user(x, ptr, label)					\
do {									\
	__user_value_type(ptr) __gu_val;				\
	int __gu_err = __user_load(&__gu_val, (ptr), sizeof(__gu_val));	\
									\
	(x) = __gu_val;							\
	if (unlikely(__gu_err))						\
		goto label;						\
} while (0)

#define unsafe_put_user(x, ptr, label)					\
do {									\
	__user_value_type(ptr) __pu_val = (x);				\
									\
	if (unlikely(__user_store((ptr), &__pu_val, sizeof(__pu_val))))	\
		goto label;						\
} while (0)

#define unsafe_copy_from_user(to, from, n, label)			\
do {									\
	if (unlikely(raw_copy_from_user(to, from, n)))			\
		goto label;						\
} while (0)

#define unsafe_copy_to_user(to, from, n, label)				\
do {									\
	if (unlikely(raw_copy_to_user(to, from, n)))			\
		goto label;						\
} while (0)

#endif
