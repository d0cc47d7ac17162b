// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What may be called: what says so itself, what the model lists, and what only the compiler ever sees.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

int __uaccess_safe safe(int n);
int later(int n);
int later(int n) __uaccess_safe;
__uaccess_safe static int static_safe(int n)
{
	return n + 1;
}

// Names that objtool allows in 6.12.
void __kasan_check_read(const volatile void *p, unsigned int size);
void __asan_load4_noabort(void *p);
void __kcsan_check_access(const volatile void *p, size_t size, int type);
void __tsan_read4(void *p);
void __sanitizer_cov_trace_pc(void);
void __msan_warning(unsigned int origin);
void __ubsan_handle_shift_out_of_bounds(void *data, void *a, void *b);
void ftrace_likely_update(void *f, int value, int expect, int constant);
void __stack_chk_fail(void);
unsigned long copy_mc_fragile(void *dst, const void *src, unsigned int n);

// One that is not on its list, next to one that is.
void kasan_unpoison_range(const void *p, size_t size);

static inline int passes_on(int n)
{
	return safe(n);
}

void annotated(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	value = safe(value) + later(value) + static_safe(value) + passes_on(value);
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

void listed(u32 __user *p, u32 *value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	__kasan_check_read(value, sizeof(*value));
	__asan_load4_noabort(value);
	__kcsan_check_access(value, sizeof(*value), 0);
	__tsan_read4(value);
	__sanitizer_cov_trace_pc();
	__msan_warning(0);
	__ubsan_handle_shift_out_of_bounds(value, value, value);
	ftrace_likely_update(value, 0, 0, 0);
	copy_mc_fragile(value, value, 0);
	unsafe_put_user(*value, p, fault);
	user_access_end();
	return;
fault:
	user_access_end();
}

void not_listed(u32 __user *p, u32 *value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	kasan_unpoison_range(value, sizeof(*value)); // expected-warning {{'not_listed' calls 'kasan_unpoison_range' while a user access region is open}}
	unsafe_put_user(*value, p, fault);
fault:
	user_access_end();
}

void builtins(u64 __user *p, u64 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	if (__builtin_expect(value > 3, 0) && !__builtin_constant_p(value))
		value = __builtin_clzll(value) + __builtin_popcountll(value) + __builtin_bswap64(value);
	if (__builtin_add_overflow(value, 1, &value))
		value = 0;
	value += __builtin_object_size(p, 0);
	__sync_synchronize();
	__atomic_fetch_add(&value, 1, __ATOMIC_RELAXED);
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
}

// A library function that the compiler knows is a function nevertheless: objtool's list does not have it.
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n);

void library(u64 __user *p, u64 *value)
{
	u64 copy[16];

	if (!user_access_begin(p, sizeof(*p)))
		return;
	memcpy(copy, value, sizeof(copy)); // expected-warning {{'library' calls 'memcpy' while a user access region is open; 'memcpy' is neither '__uaccess_safe' nor shown safe by its body [airlock-call-in-uaccess]}}
	memset(value, 0, sizeof(copy)); // expected-warning {{'library' calls 'memset' while a user access region is open}}
	unsafe_put_user(copy[0], p, fault);
fault:
	user_access_end();
}

// A copy that the language makes is no call at this level.
struct pair {
	u64 a, b;
};

void assignment(u64 __user *p, const struct pair *pair)
{
	struct pair copy;

	if (!user_access_begin(p, sizeof(*p)))
		return;
	copy = *pair;
	unsafe_put_user(copy.a, p, fault);
fault:
	user_access_end();
}

/* To ask about another address is only arithmetic (io_msg_copy_hdr() in io_uring/net.c). */
int asks_again(struct pair __user *p, u32 __user *q)
{
	u32 a;

	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	if (!access_ok(q, sizeof(*q)))
		goto fault;
	unsafe_get_user(a, &p->a, fault);
	user_access_end();
	return a;
fault:
	user_access_end();
	return -EFAULT;
}
