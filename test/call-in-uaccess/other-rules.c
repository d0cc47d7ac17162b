// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Only a region that restricts calls has this rule; a sleeping function breaks another one besides.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -Xclang -verify=all -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/uaccess.h"

typedef struct spinlock {
	int value;
} spinlock_t;

void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void might_sleep(void);

void under_a_lock(spinlock_t *lock)
{
	spin_lock(lock);
	plain(1);
	spin_unlock(lock);
}

void sleeps(u32 __user *p)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	might_sleep(); // expected-warning {{'sleeps' calls 'might_sleep' while a user access region is open}} all-warning {{'sleeps' calls 'might_sleep' while a user access region is open}} all-warning {{'sleeps' calls 'might_sleep', which may sleep, while a user access region is open [airlock-sleep-in-region]}}
	user_access_end();
}

// A lock function is a function.
void locks(u32 __user *p, spinlock_t *lock)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	spin_lock(lock); // expected-warning {{'locks' calls 'spin_lock' while a user access region is open}} all-warning {{'locks' calls 'spin_lock' while a user access region is open}}
	spin_unlock(lock); // expected-warning {{'locks' calls 'spin_unlock' while a user access region is open}} all-warning {{'locks' calls 'spin_unlock' while a user access region is open}}
	user_access_end();
}
