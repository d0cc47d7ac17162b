// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same shapes, used as they should be.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static struct mutex mutex;
struct bucket { raw_spinlock_t lock; int n; };

int macro_and_function(int __user *at)
{
	int value;

	if (!user_access_begin(at, sizeof(*at)))
		return -EFAULT;
	unsafe_get_user(value, at, fault);
	user_access_end();
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return value;
fault:
	user_access_end();
	return -EFAULT;
}

int statement_expression(int __user *at)
{
	int error = ({
		int e = -EFAULT;

		if (user_write_access_begin(at, sizeof(*at))) {
			e = 0;
			unsafe_put_user(1, at, fault);
			user_write_access_end();
		}
		e;
	});

	if (error)
		return error;
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}

void lock_bucket(struct bucket *b) __acquires(&b->lock);
void unlock_bucket(struct bucket *b) __releases(&b->lock);

void markers(struct bucket *b)
{
	mutex_lock(&mutex);
	lock_bucket(b);
	b->n = 0;
	unlock_bucket(b);
	mutex_unlock(&mutex);
}

void statements(struct bucket *b)
{
	__asm__ volatile("" : "+m"(b->lock));
	__acquire(&b->lock);
	b->n++;
	__asm__ volatile("" : "+m"(b->lock));
	__release(&b->lock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
}

#define begin_or_leave(at, n) if (!user_access_begin(at, n)) return -EFAULT
int opener_in_macro(int __user *at)
{
	int value;

	begin_or_leave(at, sizeof(*at));
	unsafe_get_user(value, at, fault);
	user_access_end();
	return value;
fault:
	user_access_end();
	return -EFAULT;
}
