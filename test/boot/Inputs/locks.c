// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Locks that are waited for, with a spinlock held and without. */
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/mm.h>
#include <linux/percpu-rwsem.h>
#include <linux/rtmutex.h>
#include <linux/rwsem.h>
#include <linux/sched/mm.h>
#include <linux/semaphore.h>
#include <linux/ww_mutex.h>

#include "cases.h"

static DECLARE_RWSEM(rwsem);
static DEFINE_SEMAPHORE(semaphore, 1);
static DEFINE_RT_MUTEX(rt_mutex);
DEFINE_STATIC_PERCPU_RWSEM(percpu_rwsem);
static DEFINE_WW_CLASS(ww_class);

SLEEPS(mutex_lock, mutex_lock(&mutex); mutex_unlock(&mutex))
SLEEPS(mutex_lock_nested, mutex_lock_nested(&mutex, 1); mutex_unlock(&mutex))
SLEEPS(mutex_lock_interruptible, if (!mutex_lock_interruptible(&mutex)) mutex_unlock(&mutex))
SLEEPS(mutex_lock_killable, if (!mutex_lock_killable(&mutex)) mutex_unlock(&mutex))
SLEEPS_WITH(atomic_dec_and_mutex_lock, atomic_t count = ATOMIC_INIT(1),
	    if (atomic_dec_and_mutex_lock(&count, &mutex)) mutex_unlock(&mutex), )
ATOMIC(mutex_trylock, if (mutex_trylock(&mutex)) mutex_unlock(&mutex))
ATOMIC_WITH(mutex_unlock, mutex_lock(&mutex), mutex_unlock(&mutex), )
SLEEPS(rwsem_down_read, down_read(&rwsem); up_read(&rwsem))
SLEEPS(rwsem_down_write, down_write(&rwsem); up_write(&rwsem))
SLEEPS(rwsem_down_read_interruptible, if (!down_read_interruptible(&rwsem)) up_read(&rwsem))
SLEEPS(rwsem_down_write_killable, if (!down_write_killable(&rwsem)) up_write(&rwsem))
ATOMIC(rwsem_down_read_trylock, if (down_read_trylock(&rwsem)) up_read(&rwsem))
ATOMIC(rwsem_down_write_trylock, if (down_write_trylock(&rwsem)) up_write(&rwsem))
ATOMIC_WITH(rwsem_downgrade_write, down_write(&rwsem), downgrade_write(&rwsem), up_read(&rwsem))
SLEEPS(semaphore_down, down(&semaphore); up(&semaphore))
SLEEPS(semaphore_down_interruptible, if (!down_interruptible(&semaphore)) up(&semaphore))
SLEEPS(semaphore_down_killable, if (!down_killable(&semaphore)) up(&semaphore))
SLEEPS(semaphore_down_timeout, if (!down_timeout(&semaphore, 1)) up(&semaphore))
ATOMIC(semaphore_down_trylock, if (!down_trylock(&semaphore)) up(&semaphore))
SLEEPS(rt_mutex_lock, rt_mutex_lock(&rt_mutex); rt_mutex_unlock(&rt_mutex))
ATOMIC(rt_mutex_trylock, if (rt_mutex_trylock(&rt_mutex)) rt_mutex_unlock(&rt_mutex))
SLEEPS_WITH(ww_mutex_lock, struct ww_mutex own; ww_mutex_init(&own, &ww_class),
	    if (!ww_mutex_lock(&own, NULL)) ww_mutex_unlock(&own), ww_mutex_destroy(&own))
ATOMIC_WITH(ww_mutex_trylock, struct ww_mutex own; ww_mutex_init(&own, &ww_class),
	    if (ww_mutex_trylock(&own, NULL)) ww_mutex_unlock(&own), ww_mutex_destroy(&own))
SLEEPS(percpu_down_read, percpu_down_read(&percpu_rwsem); percpu_up_read(&percpu_rwsem))
SLEEPS(percpu_down_write, percpu_down_write(&percpu_rwsem); percpu_up_write(&percpu_rwsem))
ATOMIC(percpu_down_read_trylock, if (percpu_down_read_trylock(&percpu_rwsem)) percpu_up_read(&percpu_rwsem))
DIFFERS(cpus_read_lock_locked, "compiled out: no processor can be taken away here")
SLEEPS(cpus_read_lock, cpus_read_lock(); cpus_read_unlock())
SLEEPS(mmap_read_lock, mmap_read_lock(current->mm); mmap_read_unlock(current->mm))
SLEEPS(mmap_write_lock, mmap_write_lock(current->mm); mmap_write_unlock(current->mm))
ATOMIC(mmap_read_trylock, if (mmap_read_trylock(current->mm)) mmap_read_unlock(current->mm))
SLEEPS_WITH(mmput, mmget(current->mm), mmput(current->mm), )

/* Held, and waited for again with another lock held: no region that forbids it. */
CASE(mutex_in_rwsem)
{
	down_read(&rwsem);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	up_read(&rwsem);
	return 0;
}

/* Locks that do not sleep, each inside of the other. */
static DEFINE_RAW_SPINLOCK(raw_spinlock);
static DEFINE_SPINLOCK(another);

CASE(spin_lock_in_spin_lock)
{
	spin_lock(&spinlock);
	spin_lock(&another);
	spin_unlock(&another);
	spin_unlock(&spinlock);
	return 0;
}

CASE(spin_lock_in_raw_spin_lock)
{
	raw_spin_lock(&raw_spinlock);
	spin_lock(&spinlock);
	spin_unlock(&spinlock);
	raw_spin_unlock(&raw_spinlock);
	return 0;
}

CASE(spin_lock_in_rcu)
{
	rcu_read_lock();
	spin_lock(&spinlock);
	spin_unlock(&spinlock);
	rcu_read_unlock();
	return 0;
}
