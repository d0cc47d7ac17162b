// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// User memory, in the shapes that x86 has: macros around asm and asm goto, an inline function that is also a macro.
#ifndef API_USER_H
#define API_USER_H

#include "api-basic.h"
#include "api-memory.h"

#define access_ok(p, n) likely((unsigned long)(p) + (n) < (1UL << 47))

static __always_inline void stac(void) { __asm__ volatile("" : : : "memory"); }
static __always_inline void clac(void) { __asm__ volatile("" : : : "memory"); }
#define barrier_nospec() __asm__ volatile("" : : : "memory")
#define __uaccess_begin() stac()
#define __uaccess_end() clac()
#define __uaccess_begin_nospec() ({ stac(); barrier_nospec(); })

static __must_check __always_inline bool user_access_begin(const void __user *p, size_t n)
{
	if (unlikely(!access_ok(p, n)))
		return 0;
	__uaccess_begin_nospec();
	return 1;
}
#define user_access_begin(p, n) user_access_begin(p, n)
#define user_access_end() __uaccess_end()
#define user_read_access_begin user_access_begin
#define user_read_access_end user_access_end
#define user_write_access_begin user_access_begin
#define user_write_access_end user_access_end

#define can_do_masked_user_access() 1
#define mask_user_address(p) ((__typeof__(p))((unsigned long)(p) & ((1UL << 47) - 1)))
#define masked_user_access_begin(p) ({ __auto_type masked_at = mask_user_address(p); __uaccess_begin(); masked_at; })

#define __raw_get(x, p)										\
({												\
	int raw_error = 0;									\
	__typeof__(*(p)) raw_value;								\
	__asm__ volatile("" : "=r"(raw_value), "+r"(raw_error) : "m"(*(p)));			\
	(x) = raw_value;									\
	raw_error;										\
})
#define __raw_put(x, p)										\
({												\
	int raw_error = 0;									\
	__typeof__(*(p)) raw_value = (x);							\
	__asm__ volatile("" : "=m"(*(p)), "+r"(raw_error) : "r"(raw_value));			\
	raw_error;										\
})
// The checked accessors say might_fault(); those with two underscores do not, and fault all the same.
#define get_user(x, p) ({ might_fault(); __raw_get(x, p); })
#define put_user(x, p) ({ might_fault(); __raw_put(x, p); })
#define __get_user(x, p) __raw_get(x, p)
#define __put_user(x, p) __raw_put(x, p)

#define unsafe_get_user(x, p, label)								\
do {												\
	__typeof__(*(p)) unsafe_value;								\
	__asm__ goto("" : "=r"(unsafe_value) : "m"(*(p)) : : label);				\
	(x) = unsafe_value;									\
} while (0)
#define unsafe_put_user(x, p, label)								\
do {												\
	__typeof__(*(p)) unsafe_value = (x);							\
	__asm__ goto("" : : "r"(unsafe_value), "m"(*(p)) : "memory" : label);			\
} while (0)

#define unsafe_copy_from_user(to, from, n, label)						\
do {												\
	const char __user *unsafe_from = (from);						\
	char *unsafe_to = (void *)(to);								\
	for (size_t unsafe_left = (n); unsafe_left; unsafe_left--)				\
		unsafe_get_user(*unsafe_to++, unsafe_from++, label);				\
} while (0)
#define unsafe_try_cmpxchg_user(p, old, new, label)						\
({												\
	__typeof__(*(p)) unsafe_old = *(old);							\
	__asm__ goto("" : "+r"(unsafe_old), "+m"(*(p)) : "r"(new) : "memory" : label);		\
	unsafe_old == *(old);									\
})
#define user_access_begin_after_access_ok() __uaccess_begin()

unsigned long raw_copy(void *to, const void *from, unsigned long n);
HELPER unsigned long copy_from_user(void *to, const void __user *from, unsigned long n);
HELPER unsigned long copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long __copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long __copy_to_user(void __user *to, const void *from, unsigned long n);
void *memdup_user(const void __user *from, size_t n);
HELPER unsigned long __copy_from_user_inatomic(void *to, const void __user *from, unsigned long n);
HELPER unsigned long __copy_to_user_inatomic(void __user *to, const void *from, unsigned long n);
HELPER long copy_from_user_nofault(void *to, const void __user *from, size_t n);
HELPER unsigned long clear_user(void __user *to, unsigned long n);
HELPER long strncpy_from_user(char *to, const char __user *from, long n);

#define FOLL_WRITE 0x01
HELPER int fixup_user_fault(struct mm_struct *mm, unsigned long at, unsigned int flags, bool *unlocked);
HELPER int get_user_pages_fast(unsigned long start, int n, unsigned int flags, struct page **pages);
int get_user_pages_fast_only(unsigned long start, int n, unsigned int flags, struct page **pages);

#ifndef NO_BODIES
static inline unsigned long copy_from_user(void *to, const void __user *from, unsigned long n)
{
	might_fault();
	return raw_copy(to, (__force const void *)from, n);
}

static inline unsigned long copy_to_user(void __user *to, const void *from, unsigned long n)
{
	might_fault();
	return raw_copy((__force void *)to, from, n);
}

static inline unsigned long __copy_from_user_inatomic(void *to, const void __user *from, unsigned long n)
{
	return raw_copy(to, (__force const void *)from, n);
}

static inline unsigned long __copy_to_user_inatomic(void __user *to, const void *from, unsigned long n)
{
	return raw_copy((__force void *)to, from, n);
}

static inline long copy_from_user_nofault(void *to, const void __user *from, size_t n)
{
	unsigned long left;

	pagefault_disable();
	left = __copy_from_user_inatomic(to, from, n);
	pagefault_enable();
	return left ? -EFAULT : 0;
}

static inline unsigned long clear_user(void __user *to, unsigned long n)
{
	might_fault();
	return raw_copy((__force void *)to, NULL, n);
}

static inline long strncpy_from_user(char *to, const char __user *from, long n)
{
	might_fault();
	return n - raw_copy(to, (__force const void *)from, n);
}

static inline int fixup_user_fault(struct mm_struct *mm, unsigned long at, unsigned int flags, bool *unlocked)
{
	mmap_read_lock(mm);
	mmap_read_unlock(mm);
	return at && flags && *unlocked ? 0 : -EFAULT;
}

static inline int get_user_pages_fast(unsigned long start, int n, unsigned int flags, struct page **pages)
{
	might_sleep();
	return get_user_pages_fast_only(start, n, flags, pages);
}
#endif

#endif
