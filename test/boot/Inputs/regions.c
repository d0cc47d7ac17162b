// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Every kind of region, and in it: a mutex, an allocation that may wait, nothing that may. */
#include <linux/processor.h>
#include <linux/bit_spinlock.h>
#include <linux/cleanup.h>
#include <linux/highmem.h>
#include <linux/local_lock.h>
#include <linux/percpu.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/uaccess.h>

#include "cases.h"

static DEFINE_RAW_SPINLOCK(raw_spinlock);
static DEFINE_RWLOCK(rwlock);
static DEFINE_SEQLOCK(seqlock);
static seqcount_t seqcount = SEQCNT_ZERO(seqcount);
static DECLARE_RWSEM(rwsem);
static DEFINE_PER_CPU(local_lock_t, local) = INIT_LOCAL_LOCK(local);
static DEFINE_PER_CPU(int, percpu);
static unsigned long bits;

#define REGION(name, open, close)                                                                                      \
	CASE(name##_mutex)                                                                                                 \
	{                                                                                                                  \
		open;                                                                                                          \
		mutex_lock(&mutex);                                                                                            \
		mutex_unlock(&mutex);                                                                                          \
		close;                                                                                                         \
		return 0;                                                                                                      \
	}                                                                                                                  \
	CASE(name##_allocation)                                                                                            \
	{                                                                                                                  \
		open;                                                                                                          \
		kfree(kmalloc(16, GFP_KERNEL));                                                                                \
		close;                                                                                                         \
		return 0;                                                                                                      \
	}                                                                                                                  \
	CASE(name##_atomic)                                                                                                \
	{                                                                                                                  \
		mutex_lock(&mutex);                                                                                            \
		open;                                                                                                          \
		kfree(kmalloc(16, GFP_ATOMIC));                                                                                \
		close;                                                                                                         \
		mutex_unlock(&mutex);                                                                                          \
		kfree(kmalloc(16, GFP_KERNEL));                                                                                \
		return 0;                                                                                                      \
	}

REGION(spin_lock, spin_lock(&spinlock), spin_unlock(&spinlock))
REGION(spin_lock_bh, spin_lock_bh(&spinlock), spin_unlock_bh(&spinlock))
REGION(spin_lock_irq, spin_lock_irq(&spinlock), spin_unlock_irq(&spinlock))
REGION(spin_lock_irqsave, unsigned long flags; spin_lock_irqsave(&spinlock, flags),
       spin_unlock_irqrestore(&spinlock, flags))
REGION(raw_spin_lock, raw_spin_lock(&raw_spinlock), raw_spin_unlock(&raw_spinlock))
REGION(raw_spin_lock_irqsave, unsigned long flags; raw_spin_lock_irqsave(&raw_spinlock, flags),
       raw_spin_unlock_irqrestore(&raw_spinlock, flags))
REGION(read_lock, read_lock(&rwlock), read_unlock(&rwlock))
REGION(read_lock_bh, read_lock_bh(&rwlock), read_unlock_bh(&rwlock))
REGION(write_lock, write_lock(&rwlock), write_unlock(&rwlock))
REGION(write_lock_irq, write_lock_irq(&rwlock), write_unlock_irq(&rwlock))
REGION(write_seqlock, write_seqlock(&seqlock), write_sequnlock(&seqlock))
REGION(read_seqlock_excl, read_seqlock_excl(&seqlock), read_sequnlock_excl(&seqlock))
REGION(write_seqcount, preempt_disable(); write_seqcount_begin(&seqcount), write_seqcount_end(&seqcount);
       preempt_enable())
REGION(bit_spin_lock, bit_spin_lock(0, &bits), bit_spin_unlock(0, &bits))
REGION(local_irq_disable, local_irq_disable(), local_irq_enable())
REGION(local_irq_save, unsigned long flags; local_irq_save(flags), local_irq_restore(flags))
REGION(local_bh_disable, local_bh_disable(), local_bh_enable())
REGION(preempt_disable, preempt_disable(), preempt_enable())
REGION(get_cpu, get_cpu(), put_cpu())
REGION(get_cpu_var, get_cpu_var(percpu)++, put_cpu_var(percpu))
REGION(rcu_read_lock, rcu_read_lock(), rcu_read_unlock())
REGION(rcu_read_lock_bh, rcu_read_lock_bh(), rcu_read_unlock_bh())
REGION(rcu_read_lock_sched, rcu_read_lock_sched(), rcu_read_unlock_sched())
REGION(local_lock, local_lock(&local), local_unlock(&local))
REGION(local_lock_irq, local_lock_irq(&local), local_unlock_irq(&local))
REGION(kmap_atomic, struct page *page = alloc_page(GFP_ATOMIC); void *mapped = kmap_atomic(page),
       kunmap_atomic(mapped); __free_page(page))
REGION(non_block, non_block_start(), non_block_end())

/* These do not forbid it. */
REGION(kmap_local, struct page *page = alloc_page(GFP_ATOMIC); void *mapped = kmap_local_page(page),
       kunmap_local(mapped); __free_page(page))
REGION(pagefault_disable, pagefault_disable(), pagefault_enable())
REGION(migrate_disable, migrate_disable(), migrate_enable())
REGION(srcu_read_lock, int index = srcu_read_lock(&srcu), srcu_read_unlock(&srcu, index))
REGION(down_read, down_read(&rwsem), up_read(&rwsem))

/* Openers that may fail, and those that close by themselves. */
CASE(spin_trylock_mutex)
{
	if (!spin_trylock(&spinlock))
		return -EBUSY;
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&spinlock);
	return 0;
}

CASE(spin_trylock_closed)
{
	if (spin_trylock(&spinlock))
		spin_unlock(&spinlock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return 0;
}

CASE(guard_spinlock_mutex)
{
	guard(spinlock)(&spinlock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return 0;
}

CASE(scoped_guard_rcu_allocation)
{
	scoped_guard(rcu)
		kfree(kmalloc(16, GFP_KERNEL));
	return 0;
}

CASE(scoped_guard_rcu_after)
{
	scoped_guard(rcu)
		kfree(kmalloc(16, GFP_ATOMIC));
	kfree(kmalloc(16, GFP_KERNEL));
	return 0;
}

CASE(scoped_guard_irqsave_mutex)
{
	scoped_guard(spinlock_irqsave, &spinlock) {
		mutex_lock(&mutex);
		mutex_unlock(&mutex);
	}
	return 0;
}

/* A region inside of another: the inner one's end is not the outer one's. */
CASE(nested_inner_closed)
{
	rcu_read_lock();
	spin_lock(&spinlock);
	spin_unlock(&spinlock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	rcu_read_unlock();
	return 0;
}

CASE(nested_both_closed)
{
	rcu_read_lock();
	spin_lock(&spinlock);
	rcu_read_unlock();
	spin_unlock(&spinlock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return 0;
}

CASE(nested_preempt_counts)
{
	preempt_disable();
	preempt_disable();
	preempt_enable();
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	preempt_enable();
	return 0;
}

CASE(irq_disable_does_not_count)
{
	local_irq_disable();
	local_irq_disable();
	local_irq_enable();
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return 0;
}

CASE(irqrestore_keeps_what_was)
{
	unsigned long flags;

	local_irq_disable();
	local_irq_save(flags);
	local_irq_restore(flags);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	local_irq_enable();
	return 0;
}

CASE(spin_unlock_irq_keeps_nothing)
{
	local_irq_disable();
	spin_lock_irq(&spinlock);
	spin_unlock_irq(&spinlock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return 0;
}

CASE(mutex_trylock_in_region)
{
	spin_lock(&spinlock);
	if (mutex_trylock(&mutex))
		mutex_unlock(&mutex);
	spin_unlock(&spinlock);
	return 0;
}

CASE(region_on_one_branch)
{
	if (yes)
		spin_lock(&spinlock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	if (yes)
		spin_unlock(&spinlock);
	return 0;
}

CASE(dropped_to_sleep)
{
	spin_lock(&spinlock);
	spin_unlock(&spinlock);
	kfree(kmalloc(16, GFP_KERNEL));
	spin_lock(&spinlock);
	spin_unlock(&spinlock);
	return 0;
}

/* What may sleep is two calls down, behind what was asked and what was passed. */
static noinline void take_mutex(void)
{
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
}

static noinline void may_take_mutex(bool really)
{
	if (really)
		take_mutex();
}

static noinline void *allocate(size_t size, gfp_t flags)
{
	return kzalloc(size, flags | __GFP_NOWARN);
}

CASE(deep_call)
{
	spin_lock(&spinlock);
	may_take_mutex(true);
	spin_unlock(&spinlock);
	return 0;
}

CASE(deep_call_spared)
{
	spin_lock(&spinlock);
	may_take_mutex(false);
	spin_unlock(&spinlock);
	return 0;
}

CASE(deep_flags)
{
	spin_lock(&spinlock);
	kfree(allocate(16, GFP_NOFS));
	spin_unlock(&spinlock);
	return 0;
}

CASE(deep_flags_atomic)
{
	spin_lock(&spinlock);
	kfree(allocate(16, GFP_NOWAIT));
	spin_unlock(&spinlock);
	return 0;
}

DIFFERS(asks_in_atomic,
	"by contract: in_atomic() knows of a spinlock only where preemption is counted, so it is no way out of one that the function itself has taken")
CASE(asks_in_atomic)
{
	spin_lock(&spinlock);
	if (!in_atomic())
		take_mutex();
	spin_unlock(&spinlock);
	return 0;
}

DIFFERS(asks_irqs_disabled, "not seen: the answer to a question about a region that the function itself has opened")
CASE(asks_irqs_disabled)
{
	local_irq_disable();
	if (!irqs_disabled())
		take_mutex();
	local_irq_enable();
	return 0;
}

CASE(flags_by_question)
{
	gfp_t flags = yes ? GFP_ATOMIC : GFP_KERNEL;

	spin_lock(&spinlock);
	kfree(kmalloc(16, flags & ~__GFP_DIRECT_RECLAIM));
	spin_unlock(&spinlock);
	return 0;
}
