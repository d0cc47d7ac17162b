// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Regions that an error leaves open, and the same with the error mended. */
#include "cases.h"

#include <linux/local_lock.h>
#include <linux/percpu.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/uaccess.h>

static DEFINE_RAW_SPINLOCK(raw_spinlock);
static DEFINE_RWLOCK(rwlock);
static DEFINE_SEQLOCK(seqlock);
static DECLARE_RWSEM(rwsem);
static DEFINE_PER_CPU(local_lock_t, local) = INIT_LOCAL_LOCK(local);

#define LEFT(name, open, close)                                                                                        \
	CASE(name##_left)                                                                                                  \
	{                                                                                                                  \
		open;                                                                                                          \
		if (yes)                                                                                                       \
			return -EINVAL;                                                                                            \
		close;                                                                                                         \
		return 0;                                                                                                      \
	}                                                                                                                  \
	CASE(name##_closed)                                                                                                \
	{                                                                                                                  \
		open;                                                                                                          \
		if (yes) {                                                                                                     \
			close;                                                                                                     \
			return -EINVAL;                                                                                            \
		}                                                                                                              \
		close;                                                                                                         \
		return 0;                                                                                                      \
	}

LEFT(spin_lock, spin_lock(&spinlock), spin_unlock(&spinlock))
LEFT(spin_lock_bh, spin_lock_bh(&spinlock), spin_unlock_bh(&spinlock))
LEFT(spin_lock_irqsave, unsigned long flags; spin_lock_irqsave(&spinlock, flags),
     spin_unlock_irqrestore(&spinlock, flags))
LEFT(raw_spin_lock, raw_spin_lock(&raw_spinlock), raw_spin_unlock(&raw_spinlock))
LEFT(read_lock, read_lock(&rwlock), read_unlock(&rwlock))
LEFT(write_lock, write_lock(&rwlock), write_unlock(&rwlock))
LEFT(write_seqlock, write_seqlock(&seqlock), write_sequnlock(&seqlock))
LEFT(rcu_read_lock, rcu_read_lock(), rcu_read_unlock())
LEFT(rcu_read_lock_bh, rcu_read_lock_bh(), rcu_read_unlock_bh())
LEFT(preempt_disable, preempt_disable(), preempt_enable())
DIFFERS(local_irq_disable_left, "lucky path: this machine turns them on for the process that it goes back to")
LEFT(local_irq_disable, local_irq_disable(), local_irq_enable())
LEFT(local_bh_disable, local_bh_disable(), local_bh_enable())
LEFT(local_lock, local_lock(&local), local_unlock(&local))
DIFFERS(pagefault_disable_left, "compiled out: nothing looks at it when a process ends")
LEFT(pagefault_disable, pagefault_disable(), pagefault_enable())
LEFT(srcu_read_lock, int index = srcu_read_lock(&srcu), srcu_read_unlock(&srcu, index))
LEFT(non_block, non_block_start(), non_block_end())
DIFFERS(mutex_left, "not seen: locks that sleep may be left held on purpose, for another function to give up")
LEFT(mutex, mutex_lock(&mutex), mutex_unlock(&mutex))
DIFFERS(down_write_left, "not seen: locks that sleep may be left held on purpose, for another function to give up")
LEFT(down_write, down_write(&rwsem), up_write(&rwsem))

/* Closed, and nobody opened it. */
DIFFERS(spin_unlock_twice, "not seen: it is right on one of two paths; advice")
CASE(spin_unlock_twice)
{
	spin_lock(&spinlock);
	if (yes)
		spin_unlock(&spinlock);
	spin_unlock(&spinlock);
	return 0;
}

DIFFERS(rcu_read_unlock_twice, "not seen: a function may be there to close what its caller has opened")
CASE(rcu_read_unlock_twice)
{
	rcu_read_lock();
	rcu_read_unlock();
	rcu_read_unlock();
	return 0;
}

DIFFERS(preempt_enable_twice, "not seen: a function may be there to close what its caller has opened")
CASE(preempt_enable_twice)
{
	preempt_disable();
	preempt_enable();
	preempt_enable();
	return 0;
}

/* The other lock is closed. */
static DEFINE_SPINLOCK(another);

CASE(wrong_lock_closed)
{
	spin_lock(&spinlock);
	spin_lock(&another);
	if (yes) {
		spin_unlock(&another);
		return -EINVAL;
	}
	spin_unlock(&another);
	spin_unlock(&spinlock);
	return 0;
}

DIFFERS(left_in_a_loop, "not seen: it is right on one of two paths; advice")
CASE(left_in_a_loop)
{
	int round;

	for (round = 0; round < 3; round++) {
		rcu_read_lock();
		if (yes)
			continue;
		rcu_read_unlock();
	}
	return 0;
}

CASE(closed_in_a_loop)
{
	int round;

	for (round = 0; round < 3; round++) {
		rcu_read_lock();
		if (yes) {
			rcu_read_unlock();
			continue;
		}
		rcu_read_unlock();
	}
	return 0;
}

CASE(goto_past_the_close)
{
	int error = -EINVAL;

	spin_lock(&spinlock);
	if (yes)
		goto out;
	error = 0;
	spin_unlock(&spinlock);
out:
	return error;
}

CASE(goto_to_the_close)
{
	int error = -EINVAL;

	spin_lock(&spinlock);
	if (yes)
		goto out;
	error = 0;
out:
	spin_unlock(&spinlock);
	return error;
}

/* A function may be there to leave it open. */
static noinline void enter(void)
{
	spin_lock(&spinlock);
}

static noinline void leave(void)
{
	spin_unlock(&spinlock);
}

CASE(opened_by_another)
{
	enter();
	leave();
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return 0;
}

CASE(opened_by_another_sleeps)
{
	enter();
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	leave();
	return 0;
}

CASE(opened_by_another_left)
{
	enter();
	if (yes)
		return -EINVAL;
	leave();
	return 0;
}
