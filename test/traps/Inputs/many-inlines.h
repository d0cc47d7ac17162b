// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Inline functions that sleep under a lock and leave regions open. A unit answers for those that it uses.
#include "kernel-api.h"

static spinlock_t inline_lock;
static struct mutex inline_mutex;

static inline void unused_sleeper(void)
{
	spin_lock(&inline_lock);
	mutex_lock(&inline_mutex);
	mutex_unlock(&inline_mutex);
	spin_unlock(&inline_lock);
}

static inline int unused_leak(int __user *at)
{
	return user_access_begin(at, sizeof(*at)) ? 0 : -EFAULT;
}

static inline void used_sleeper(void)
{
	spin_lock(&inline_lock);
	mutex_lock(&inline_mutex); // used-warning {{'used_sleeper' calls 'mutex_lock', which may sleep, while}}
	mutex_unlock(&inline_mutex);
	spin_unlock(&inline_lock);
}

static inline void used_by_that(void) { used_sleeper(); }

// Only said to sleep, and never called with anything held.
static inline void waits(void)
{
	mutex_lock(&inline_mutex);
	mutex_unlock(&inline_mutex);
}
