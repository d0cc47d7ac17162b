// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Types, the compiler's helpers, and the questions and markers about sleeping.
#ifndef API_BASIC_H
#define API_BASIC_H

#include <airlock.h>

// HELPER stands in front of what has a body unless NO_BODIES asks for prototypes alone.
#ifdef NO_BODIES
#define HELPER
#else
#define HELPER static inline
#endif

typedef _Bool bool;
#define true 1
#define false 0
#define NULL ((void *)0)
#define offsetof(type, member) __builtin_offsetof(type, member)
#define IS_ERR(p) ((unsigned long)(p) >= (unsigned long)-4095)
#define PTR_ERR(p) ((long)(p))
typedef __SIZE_TYPE__ size_t;
typedef signed char s8;
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#define EPERM 1
#define EINTR 4
#define EAGAIN 11
#define ENOMEM 12
#define EFAULT 14
#define EBUSY 16
#define EINVAL 22

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define barrier() __asm__ volatile("" : : : "memory")
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value) (*(volatile __typeof__(x) *)&(x) = (value))
#define BIT(n) (1UL << (n))
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define container_of(p, type, member) ((type *)((char *)(p) - __builtin_offsetof(type, member)))
#define NAME_PASTE_(a, b) a##b
#define NAME_PASTE(a, b) NAME_PASTE_(a, b)
#define __UNIQUE_ID(prefix) NAME_PASTE(unique_##prefix##_, __COUNTER__)

#define __cleanup(f) __attribute__((__cleanup__(f)))
#define __maybe_unused __attribute__((__unused__))
#define __must_check __attribute__((__warn_unused_result__))
#define __always_inline inline __attribute__((__always_inline__))

// What sparse reads and a compiler does not.
#ifndef __acquires
#define __acquires(x)
#define __releases(x)
#define __must_hold(x)
#define __acquire(x) (void)0
#define __release(x) (void)0
#define __cond_lock(x, c) (c)
#endif

void report_bug(void) __attribute__((__noreturn__));
#define BUG() do { report_bug(); } while (0)
#define BUG_ON(condition) do { if (unlikely(condition)) BUG(); } while (0)
bool warn_slowpath(const char *file, int line);
#define WARN_ON(condition) ({ int is_on = !!(condition); if (unlikely(is_on)) warn_slowpath(__FILE__, __LINE__); is_on; })
#define WARN_ON_ONCE(condition) WARN_ON(condition)
int printk(const char *format, ...);
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *at, int c, size_t n);

// The lowest of the low: these give up the CPU.
void __might_sleep(const char *file, int line);
void __might_fault(const char *file, int line);
void schedule(void);
int __cond_resched(void);
#define might_sleep() do { __might_sleep(__FILE__, __LINE__); } while (0)
#define might_sleep_if(condition) do { if (condition) might_sleep(); } while (0)
#define might_fault() __might_fault(__FILE__, __LINE__)
#define cond_resched() ({ __might_sleep(__FILE__, __LINE__); __cond_resched(); })

// Asked at run time.
int preempt_count(void);
bool irqs_disabled(void);
#define in_atomic() (preempt_count() != 0)
#define in_interrupt() ((preempt_count() & 0x00ffff00) != 0)
#define in_task() (!(preempt_count() & 0x00ff0100))
#define preemptible() (preempt_count() == 0 && !irqs_disabled())

#endif
