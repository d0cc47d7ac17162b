// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Openers that may fail, each way of asking, and nothing forbidden where they did.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

int begins(int __user *at)
{
	if (!user_access_begin(at, sizeof(*at))) {
		msleep(1);
		return -EFAULT;
	}
	unsafe_put_user(1, at, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int begins_positively(int __user *at)
{
	int error = -EFAULT;

	if (likely(user_write_access_begin(at, sizeof(*at)))) {
		unsafe_put_user(1, at, fault);
		error = 0;
fault:
		user_write_access_end();
	}
	msleep(error);
	return error;
}

int masked(int __user *at)
{
	int value;

	if (can_do_masked_user_access())
		at = masked_user_access_begin(at);
	else if (!user_read_access_begin(at, sizeof(*at)))
		return -EFAULT;
	unsafe_get_user(value, at, fault);
	user_read_access_end();
	return value;
fault:
	user_read_access_end();
	return -EFAULT;
}

int tried(void)
{
	if (!spin_trylock(&lock)) {
		mutex_lock(&mutex);
		mutex_unlock(&mutex);
		return -EBUSY;
	}
	spin_unlock(&lock);
	return 0;
}

int stored(void)
{
	int got = spin_trylock(&lock);

	if (got == 0) {
		msleep(1);
		return -EBUSY;
	}
	spin_unlock(&lock);
	msleep(1);
	return 0;
}

void retried(void)
{
	while (!spin_trylock(&lock))
		cond_resched();
	spin_unlock(&lock);
}

bool range_start(struct mmu_notifier *n, const struct mmu_notifier_range *range)
{
	if (mmu_notifier_range_blockable(range))
		mutex_lock(&mutex);
	else if (!mutex_trylock(&mutex))
		return false;
	mutex_unlock(&mutex);
	return true;
}

static int start(struct mmu_notifier *n, const struct mmu_notifier_range *range)
{
	return range_start(n, range) ? 0 : -EAGAIN;
}
const struct mmu_notifier_ops ops = { .invalidate_range_start = start };
