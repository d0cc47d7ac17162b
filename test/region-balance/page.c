// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
#define ENODEV 19
struct dev { spinlock_t lock; bool gone; u32 value; };

// page: wrong
int store(struct dev *d, u32 __user *p, u32 value)
{
	spin_lock(&d->lock); // expected-note {{'store' calls 'spin_lock' here; from here on a spinlock is held}}
	if (d->gone)
		return -ENODEV; // expected-warning {{'store' returns while a spinlock is held [airlock-region-balance]}}
	d->value = value;
	spin_unlock(&d->lock);

	if (!user_access_begin(p, sizeof(*p))) // expected-note {{'store' calls 'user_access_begin' here; from here on a user access region is open}}
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	user_access_end();
	return 0;
fault:
	return -EFAULT; // expected-warning {{'store' returns while a user access region is open [airlock-region-balance]}}
}
// page: end

// page: right
int store_guarded(struct dev *d, u32 __user *p, u32 value)
{
	scoped_guard(spinlock, &d->lock) {
		if (d->gone)
			return -ENODEV;
		d->value = value;
	}

	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
// page: end
