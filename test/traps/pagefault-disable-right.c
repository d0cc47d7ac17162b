// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Alone it forbids nothing: filesystems do direct I/O under it, and that sleeps. The promise is kept by failing.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static struct mutex mutex;

static void direct_io(void)
{
	mutex_lock(&mutex);
	kfree(kmalloc(8, GFP_KERNEL));
	mutex_unlock(&mutex);
}

void io_with_faults_off(struct mm_struct *mm)
{
	bool unlocked;

	pagefault_disable();
	direct_io();
	fixup_user_fault(mm, 0, 0, &unlocked);
	pagefault_enable();
}

int __no_sleep get_user_nosleep(int __user *at __prevalidated)
{
	int value, error;

	pagefault_disable();
	error = __get_user(value, at);
	pagefault_enable();
	return error ?: value;
}

// The fault is fixed where one may sleep.
int get_user_fixing(struct mm_struct *mm, int __user *at __prevalidated)
{
	bool unlocked = false;
	int value = get_user_nosleep(at);

	if (value != -EFAULT)
		return value;
	if (mmap_read_lock_killable(mm))
		return -EINTR;
	value = fixup_user_fault(mm, (unsigned long)at, FOLL_WRITE, &unlocked);
	mmap_read_unlock(mm);
	return value ?: get_user_nosleep(at);
}
