// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Somebody looks at the alignment, or there is nothing to be aligned.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=atomic-alignment -I %S/../traps/Inputs -Xclang -verify %s
// expected-no-diagnostics
#include "kernel-api.h"

#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)

static int exchange(u32 __user *p, u32 old)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault))
		old = 0;
	user_access_end();
	return old;
fault:
	user_access_end();
	return -EFAULT;
}

int modulo(u32 __user *p, u32 old)
{
	if ((unsigned long)p % sizeof(*p))
		return -EINVAL;
	return exchange(p, old);
}

int masked(u32 __user *p, u32 old) { return (unsigned long)p & 3 ? -EINVAL : exchange(p, old); }

int by_macro(u32 __user *p, u32 old)
{
	if (!IS_ALIGNED((unsigned long)p, sizeof(*p)))
		return -EINVAL;
	return exchange(p, old);
}

static int check(u32 __user *p)
{
	unsigned long at = (unsigned long)p;

	return at % 4 ? -EINVAL : 0;
}

int in_a_helper(u32 __user *p, u32 old) { return check(p) ?: exchange(p, old); }

// Which model says that it aligns.
union futex_key;
int get_futex_key(u32 __user *p, unsigned int flags, union futex_key *key, int rw);

int futex(u32 __user *p, u32 old, union futex_key *key)
{
	int error = get_futex_key(p, 0, key, 1);

	return error ? error : exchange(p, old);
}

int byte(u8 __user *p, u8 old)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault))
		old = 0;
	user_access_end();
	return old;
fault:
	user_access_end();
	return -EFAULT;
}

// Not atomic: anywhere will do.
int plain(u32 __user *p)
{
	u32 x;

	return get_user(x, p) || put_user(x + 1, p) ? -EFAULT : 0;
}

/* Kept in kernel memory, where somebody may have looked: that is advice. */
struct walker { u32 __user *pte; };

int kept(struct walker *w)
{
	u32 old = 0;

	if (!user_access_begin(w->pte, sizeof(*w->pte)))
		return -EFAULT;
	if (unsafe_try_cmpxchg_user(w->pte, &old, 1, fault))
		old = 1;
	user_access_end();
	return old;
fault:
	user_access_end();
	return -EFAULT;
}
