// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// User access with the names and the shape that x86 gives it: stac/clac in inline functions, user_access_begin a macro
// and an inline function at once, accessors that are macros around asm goto. model=linux knows what each does.

#ifndef TEST_UACCESS_H
#define TEST_UACCESS_H

#include <airlock.h>

#define bool _Bool
#define true 1
#define false 0
#define NULL ((void *)0)

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define __always_inline inline __attribute__((always_inline))

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef __SIZE_TYPE__ size_t;

enum { EFAULT = 14, EINVAL = 22 };

extern unsigned long task_size;

static __always_inline void stac(void)
{
	asm volatile("stac" ::: "memory");
}

static __always_inline void clac(void)
{
	asm volatile("clac" ::: "memory");
}

static __always_inline unsigned long smap_save(void)
{
	unsigned long flags;

	asm volatile("pushf; pop %0; clac" : "=r"(flags)::"memory", "cc");
	return flags;
}

static __always_inline void smap_restore(unsigned long flags)
{
	asm volatile("push %0; popf" ::"r"(flags) : "memory", "cc");
}

static inline bool __access_ok(const void __user *ptr, unsigned long size)
{
	return size <= task_size && (unsigned long)ptr <= task_size - size;
}

#define access_ok(ptr, size) likely(__access_ok(ptr, size))
#define barrier_nospec() asm volatile("lfence" ::: "memory")

#define __uaccess_begin() stac()
#define __uaccess_end() clac()
#define __uaccess_begin_nospec() \
	({                       \
		stac();          \
		barrier_nospec(); \
	})

static __always_inline bool user_access_begin(const void __user *ptr, size_t len)
{
	if (unlikely(!access_ok(ptr, len)))
		return 0;
	__uaccess_begin_nospec();
	return 1;
}
#define user_access_begin(ptr, len) user_access_begin(ptr, len)
#define user_access_end() __uaccess_end()

#define user_access_save() smap_save()
#define user_access_restore(flags) smap_restore(flags)

#define user_read_access_begin user_access_begin
#define user_read_access_end user_access_end
#define user_write_access_begin user_access_begin
#define user_write_access_end user_access_end

#ifdef MASKED_ADDRESSES
#define can_do_masked_user_access() 1
#define masked_user_access_begin(ptr)                             \
	({                                                        \
		__typeof__(ptr) __masked = (ptr);                 \
		__uaccess_begin();                                \
		__masked;                                         \
	})
#else
#define can_do_masked_user_access() 0
#define masked_user_access_begin(ptr) NULL
#endif

#define __put_one(x, ptr, insn, label) \
	asm goto(insn " %0, %1" ::"r"(x), "m"(*(ptr))::label)

#define __put_size(x, ptr, size, label)                                              \
	do {                                                                         \
		switch (size) {                                                      \
		case 1:                                                              \
			__put_one((u8)(x), (u8 __user *)(ptr), "movb", label);       \
			break;                                                       \
		case 2:                                                              \
			__put_one((u16)(x), (u16 __user *)(ptr), "movw", label);     \
			break;                                                       \
		case 4:                                                              \
			__put_one((u32)(x), (u32 __user *)(ptr), "movl", label);     \
			break;                                                       \
		default:                                                             \
			__put_one((u64)(x), (u64 __user *)(ptr), "movq", label);     \
		}                                                                    \
	} while (0)

#define unsafe_put_user(x, ptr, label) __put_size((__typeof__(*(ptr)))(x), (ptr), sizeof(*(ptr)), label)

#ifdef NO_ASM_GOTO_OUTPUT
#define unsafe_get_user(x, ptr, label)                                                     \
	do {                                                                               \
		int __err = 0;                                                             \
		unsigned long __value;                                                     \
		asm volatile("mov %2, %1" : "+r"(__err), "=r"(__value) : "m"(*(ptr)));     \
		(x) = (__typeof__(*(ptr)))__value;                                         \
		if (unlikely(__err))                                                       \
			goto label;                                                        \
	} while (0)
#else
#define unsafe_get_user(x, ptr, label)                                                     \
	do {                                                                               \
		unsigned long __value;                                                     \
		asm goto("mov %1, %0" : "=r"(__value) : "m"(*(ptr))::label);               \
		(x) = (__typeof__(*(ptr)))__value;                                         \
	} while (0)
#endif

#define unsafe_copy_to_user(dst, src, len, label)                                          \
	do {                                                                               \
		char __user *__to = (dst);                                                 \
		const char *__from = (src);                                                \
		size_t __left = (len);                                                     \
		for (; __left; __left--, __to++, __from++)                                 \
			unsafe_put_user(*__from, __to, label);                             \
	} while (0)

// Nobody can tell what it is, also where it is asked twice.
extern volatile int hardware_register;
#define ready() (hardware_register & 1)

// Nobody can tell what it does.
int plain(int n);

#endif
