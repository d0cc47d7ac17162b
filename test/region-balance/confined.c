// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A user access region stays within one function and what is inlined into it: a function that the machine calls must not
// leave it open, or close it for its caller. For a spinlock there is no such rule.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "../call-in-uaccess/Inputs/uaccess.h"

typedef struct spinlock {
	int value;
} spinlock_t;

void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);

static inline bool inline_open(u32 __user *p)
{
	return user_access_begin(p, sizeof(*p));
}

static __always_inline bool forced_open(u32 __user *p)
{
	if (!access_ok(p, sizeof(*p)))
		return false;
	__uaccess_begin_nospec();
	return true;
}

static inline void inline_close(void)
{
	user_access_end();
}

static bool static_open(u32 __user *p)
{
	return user_access_begin(p, sizeof(*p)); // expected-warning {{'static_open' returns while a user access region is open}}
}

bool exported_open(u32 __user *p)
{
	if (!user_access_begin(p, sizeof(*p)))
		return false;
	return true; // expected-warning {{'exported_open' returns while a user access region is open [airlock-region-balance]}}
}

static void always_open(void)
{
	__uaccess_begin();
} // expected-warning {{'always_open' returns while a user access region is open [airlock-region-balance]}}

static void static_close(void)
{
	user_access_end(); // expected-warning {{'static_close' expands 'user_access_end', which closes region 'uaccess', but it is not open [airlock-region-balance]}}
}

void exported_close(void)
{
	inline_close(); // expected-warning {{'exported_close' calls 'inline_close', which closes region 'uaccess', but it is not open [airlock-region-balance]}}
}

// noinline takes the word back.
static inline __attribute__((noinline)) void not_inline_open(void)
{
	__uaccess_begin();
} // expected-warning {{'not_inline_open' returns while a user access region is open [airlock-region-balance]}}

// Inline helpers leave their caller with the duty.
int by_inline_helpers(u32 __user *p, u32 value)
{
	if (!inline_open(p))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	inline_close();
	return 0;
fault:
	inline_close();
	return -EFAULT;
}

int by_inline_helpers_left_open(u32 __user *p, u32 value)
{
	if (!inline_open(p))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	inline_close();
	return 0;
fault:
	return -EFAULT; // expected-warning {{'by_inline_helpers_left_open' returns while a user access region is open [airlock-region-balance]}}
}

int by_forced_helper_left_open(u32 __user *p, u32 value)
{
	if (forced_open(p))
		return 0; // expected-warning {{'by_forced_helper_left_open' returns while a user access region is open [airlock-region-balance]}}
	return value;
}

// Reported in the helper, once: its callers are right.
int by_static_helper(u32 __user *p, u32 value)
{
	if (!static_open(p))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
	return 0;
}

// Any function may hand over a spinlock.
static void static_lock(spinlock_t *lock)
{
	spin_lock(lock);
}

void exported_unlock(spinlock_t *lock)
{
	spin_unlock(lock);
}

void uses_both(spinlock_t *lock)
{
	static_lock(lock);
	exported_unlock(lock);
}
