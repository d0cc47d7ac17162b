/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* kernel.h - what no kernel file does without: errors, bugs, arrays, container_of(). */
#ifndef EXAMPLES_KERNEL_H
#define EXAMPLES_KERNEL_H

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "types.h"

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define __maybe_unused	__attribute__((__unused__))

#define PAGE_SIZE	4096UL
#define ENOIOCTLCMD	515	/* no such ioctl here; the caller tries the next table */

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define offsetofend(type, member) (offsetof(type, member) + sizeof(((type *)0)->member))
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)
#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

#define READ_ONCE(x)		(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val)	(*(volatile __typeof__(x) *)&(x) = (val))

#define min_t(type, a, b)			\
({						\
	type __min_a = (a), __min_b = (b);	\
	__min_a < __min_b ? __min_a : __min_b;	\
})

#define swap(a, b)				\
do {						\
	__typeof__(a) __swap_old = (a);		\
	(a) = (b);				\
	(b) = __swap_old;			\
} while (0)

/* An error number carried in a pointer: the last page is never mapped. */
#define MAX_ERRNO	4095

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

static inline bool IS_ERR(const void *ptr)
{
	return (unsigned long)ptr >= (unsigned long)-MAX_ERRNO;
}

void bug(const char *file, int line) __attribute__((__noreturn__));
void warn(const char *file, int line, const char *what);
int printk(const char *fmt, ...) __attribute__((__format__(__printf__, 1, 2)));

#define BUG()		bug(__FILE__, __LINE__)
#define BUG_ON(cond)	do { if (unlikely(cond)) BUG(); } while (0)
#define WARN_ON(cond) \
	do { if (unlikely(cond)) warn(__FILE__, __LINE__, #cond); } while (0)

/* Off, but the arguments are still checked against the format. */
#define pr_debug(fmt, ...) do { if (0) printk(fmt, ##__VA_ARGS__); } while (0)

#endif
