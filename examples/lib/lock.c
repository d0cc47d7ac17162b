// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* lock.c - locks over one atomic word. */
#include "lock.h"

#include "barrier.h"
#include "task.h"

static bool take(int *locked)
{
	return !__atomic_exchange_n(locked, 1, __ATOMIC_ACQUIRE);
}

static void release(int *locked)
{
	__atomic_store_n(locked, 0, __ATOMIC_RELEASE);
}

void spin_lock_init(spinlock_t *lock)
{
	lock->locked = 0;
}

void spin_lock(spinlock_t *lock)
{
	preempt_disable();
	while (!take(&lock->locked))
		cpu_relax();
}

bool spin_trylock(spinlock_t *lock)
{
	preempt_disable();
	if (take(&lock->locked))
		return true;
	preempt_enable();
	return false;
}

void spin_unlock(spinlock_t *lock)
{
	release(&lock->locked);
	preempt_enable();
}

void mutex_init(struct mutex *lock)
{
	lock->locked = 0;
}

void mutex_lock(struct mutex *lock)
{
	might_sleep();
	while (!take(&lock->locked))
		schedule();
}

int mutex_lock_killable(struct mutex *lock)
{
	might_sleep();
	while (!take(&lock->locked)) {
		if (signal_pending(current))
			return -EINTR;
		schedule();
	}
	return 0;
}

bool mutex_trylock(struct mutex *lock)
{
	return take(&lock->locked);
}

void mutex_unlock(struct mutex *lock)
{
	release(&lock->locked);
}
