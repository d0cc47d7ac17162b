// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Openers that may fail: the region is open where they did not.
// RUN: %airlock_cc -I %S/Inputs -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

int succeeded(int __user *at)
{
	if (!user_access_begin(at, sizeof(*at)))
		return -EFAULT;
	unsafe_put_user(1, at, fault);
	return 0; // expected-warning {{'succeeded' returns while a user access region is open}}
fault:
	user_access_end();
	return -EFAULT;
}

// The failed one opened nothing.
int failed(int __user *at)
{
	if (!user_access_begin(at, sizeof(*at))) {
		user_access_end(); // expected-warning-re {{'failed' {{calls|expands}} '{{.*}}', which closes region 'uaccess', but it is not open}}
		return -EFAULT;
	}
	unsafe_put_user(1, at, fault);
fault:
	user_access_end();
	return 0;
}

int masked(int __user *at)
{
	if (can_do_masked_user_access())
		at = masked_user_access_begin(at);
	else if (!user_read_access_begin(at, sizeof(*at)))
		return -EFAULT;
	msleep(1); // expected-warning {{'masked' calls 'msleep', which may sleep, while a user access region is open}} expected-warning {{'masked' calls 'msleep' while a user access region is open}}
	user_read_access_end();
	return 0;
}

int tried(void)
{
	if (spin_trylock(&lock)) {
		mutex_lock(&mutex); // expected-warning {{'tried' calls 'mutex_lock', which may sleep, while a spinlock is held}}
		mutex_unlock(&mutex);
		spin_unlock(&lock);
	}
	return 0;
}

int stored(bool more)
{
	int got = spin_trylock(&lock);

	if (!got || more)
		return -EBUSY; // expected-remark {{'stored' returns while a spinlock is held, but not on every path}}
	mutex_lock(&mutex); // expected-warning {{'stored' calls 'mutex_lock', which may sleep, while a spinlock is held}}
	spin_unlock(&lock);
	return 0;
}

int range_start(struct mmu_notifier *n, const struct mmu_notifier_range *range)
{
	if (mmu_notifier_range_blockable(range) || !mutex_trylock(&mutex))
		mutex_lock(&mutex); // expected-warning {{'range_start' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block}}
	mutex_unlock(&mutex);
	return 0;
}
const struct mmu_notifier_ops ops = { .invalidate_range_start = range_start };
