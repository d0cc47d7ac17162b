// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A lock that a killed task need not wait for.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=fault-retry -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

int can_fail(struct mm_struct *mm, unsigned long at)
{
	bool unlocked = false;
	int error;

	mmap_read_lock(mm); // expected-remark {{'can_fail' calls 'mmap_read_lock', which a killed task waits for, though it can fail; 'mmap_read_lock_killable' does not wait then [airlock-fault-retry]}}
	error = fixup_user_fault(mm, at, FOLL_WRITE, &unlocked);
	mmap_read_unlock(mm);
	return error < 0 ? error : 0;
}

// Nobody would hear of it.
void cannot_fail(struct mm_struct *mm, unsigned long at)
{
	bool unlocked = false;

	mmap_read_lock(mm);
	fixup_user_fault(mm, at, FOLL_WRITE, &unlocked);
	mmap_read_unlock(mm);
}

// Looks only.
int fixes_nothing(struct mm_struct *mm, unsigned long at)
{
	mmap_read_lock(mm);
	mmap_read_unlock(mm);
	return at ? 0 : -EINVAL;
}
