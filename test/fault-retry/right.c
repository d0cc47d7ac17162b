// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// There is a way out.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=fault-retry -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
// expected-no-diagnostics
#include "kernel-api.h"

bool fatal_signal_pending(struct task_struct *task);
struct task_struct *current_task(void);

static int fix(struct mm_struct *mm, unsigned long at)
{
	bool unlocked = false;
	int error;

	if (mmap_read_lock_killable(mm))
		return -EINTR;
	error = fixup_user_fault(mm, at, FOLL_WRITE, &unlocked);
	mmap_read_unlock(mm);
	return error;
}

int signal(struct mm_struct *mm, int __user *p)
{
	int x;

	while (__get_user(x, p)) {
		if (fatal_signal_pending(current_task()) || fix(mm, (unsigned long)p))
			return -EFAULT;
	}
	return x;
}

static bool give_up(void) { return fatal_signal_pending(current_task()); }

int signal_in_a_helper(struct mm_struct *mm, int __user *p)
{
	int x;

	while (__get_user(x, p)) {
		if (give_up())
			return -EINTR;
		if (fix(mm, (unsigned long)p))
			return -EFAULT;
	}
	return x;
}

int counted(struct mm_struct *mm, int __user *p)
{
	int x, tries;

	for (tries = 0; tries < 3; tries++) {
		if (!__get_user(x, p))
			return x;
		if (fix(mm, (unsigned long)p))
			break;
	}
	return -EFAULT;
}

int counted_down(struct mm_struct *mm, int __user *p)
{
	int x, tries = 3;

	while (__get_user(x, p)) {
		if (!tries--)
			return -EFAULT;
		fix(mm, (unsigned long)p);
	}
	return x;
}

// The futex way: aligned, and it ends where the page cannot be had.
int aligned(struct mm_struct *mm, u32 __user *p, u32 old)
{
	int error;

	if ((unsigned long)p % sizeof(*p))
		return -EINVAL;
again:
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault))
		old = 0;
	user_access_end();
	return 0;
fault:
	user_access_end();
	error = fix(mm, (unsigned long)p);
	if (error)
		return error;
	goto again;
}

// Once more, not for ever.
int twice(struct mm_struct *mm, int __user *p)
{
	int x;

	if (!__get_user(x, p))
		return x;
	if (fix(mm, (unsigned long)p))
		return -EFAULT;
	return __get_user(x, p) ?: x;
}

// It moves on: a copy that fills in what is missing.
int copies(struct mm_struct *mm, int __user *p, int *to, int n)
{
	while (n) {
		if (__get_user(*to, p)) {
			if (fix(mm, (unsigned long)p))
				return -EFAULT;
			continue;
		}
		to++;
		p++;
		n--;
	}
	return 0;
}
