// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the kernel's documents forbid, one small function each. Three times: bodies and the model of the kernel, the
// model alone, and bodies over a model of nothing but the primitives. Each verdict must be the same.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static raw_spinlock_t raw_lock;
static rwlock_t rw_lock;
static seqlock_t sequence;
static struct mutex mutex;
static struct rw_semaphore rwsem;
static struct semaphore semaphore;
static struct percpu_rw_semaphore percpu_rwsem;
static struct srcu_struct domain;
static unsigned long word;
static wait_queue_head_t queue;
static struct kmem_cache *cache;
static int ready;
struct node { int value; struct node *next; struct rcu_head rcu; };

// kernel-hacking/hacking.rst, "Recipes for Deadlock": nothing that sleeps while you own a spinlock.
void mutex_under_spinlock(void)
{
	spin_lock(&lock);
	mutex_lock(&mutex); // expected-warning {{'mutex_under_spinlock' calls 'mutex_lock', which may sleep, while}}
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

// kernel-hacking/hacking.rst: the functions that touch user space sleep implicitly.
int copy_from_user_under_spinlock(struct node *n, const void __user *from)
{
	int left;

	spin_lock(&lock);
	left = copy_from_user(n, from, sizeof(*n)); // expected-warning {{'copy_from_user_under_spinlock' calls 'copy_from_user', which may sleep in a user page fault, while}}
	spin_unlock(&lock);
	return left ? -EFAULT : 0;
}

// kernel-hacking/hacking.rst: so do get_user() and put_user().
int put_user_under_spinlock(int __user *to)
{
	int error;

	spin_lock(&lock);
	error = put_user(ready, to); // expected-warning-re {{'put_user_under_spinlock' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, while}}
	spin_unlock(&lock);
	return error;
}

// kernel-hacking/hacking.rst: allocation without GFP_ATOMIC sleeps.
void *kmalloc_under_spinlock(void)
{
	void *p;

	spin_lock(&lock);
	p = kmalloc(64, GFP_KERNEL); // expected-warning {{'kmalloc_under_spinlock' calls 'kmalloc', which may sleep, while}}
	spin_unlock(&lock);
	return p;
}

// kernel-hacking/hacking.rst: nothing that sleeps with interrupts off.
void mutex_with_irqs_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	mutex_lock(&mutex); // expected-warning {{'mutex_with_irqs_off' calls 'mutex_lock', which may sleep, while}}
	mutex_unlock(&mutex);
	local_irq_restore(flags);
}

// kernel-hacking/hacking.rst: cond_resched() will sleep.
void cond_resched_under_lock(struct node *n)
{
	spin_lock(&lock);
	for (; n; n = n->next)
		cond_resched(); // expected-warning-re {{'cond_resched_under_lock' {{calls|expands}} '{{.*}}', which may sleep, while}}
	spin_unlock(&lock);
}

// kernel-hacking/locking.rst: SLIS, spin_lock_irqsave(), is a spinlock like the others.
void *alloc_page_under_irqsave(void)
{
	unsigned long flags, p;

	spin_lock_irqsave(&lock, flags);
	p = __get_free_pages(GFP_KERNEL, 0); // expected-warning {{'alloc_page_under_irqsave' calls '__get_free_pages', which may sleep, while}}
	spin_unlock_irqrestore(&lock, flags);
	return (void *)p;
}

// kernel-hacking/locking.rst: so are spin_lock_irq() ...
void sleep_under_lock_irq(void)
{
	spin_lock_irq(&lock);
	msleep(10); // expected-warning {{'sleep_under_lock_irq' calls 'msleep', which may sleep, while}}
	spin_unlock_irq(&lock);
}

// ... and spin_lock_bh().
void down_under_lock_bh(void)
{
	spin_lock_bh(&lock);
	down(&semaphore); // expected-warning {{'down_under_lock_bh' calls 'down', which may sleep, while}}
	up(&semaphore);
	spin_unlock_bh(&lock);
}

// kernel-hacking/locking.rst: with the lock got by spin_trylock(), it is held.
void mutex_under_trylock(void)
{
	if (!spin_trylock(&lock))
		return;
	mutex_lock(&mutex); // expected-warning {{'mutex_under_trylock' calls 'mutex_lock', which may sleep, while}}
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

// locking/locktypes.rst: sleeping locks do not nest inside spinning ones, whichever these are.
void rwsem_under_rwlock(void)
{
	read_lock(&rw_lock);
	down_read(&rwsem); // expected-warning {{'rwsem_under_rwlock' calls 'down_read', which may sleep, while}}
	up_read(&rwsem);
	read_unlock(&rw_lock);
}

void rwsem_write_under_write_lock(void)
{
	write_lock(&rw_lock);
	down_write(&rwsem); // expected-warning {{'rwsem_write_under_write_lock' calls 'down_write', which may sleep, while}}
	up_write(&rwsem);
	write_unlock(&rw_lock);
}

void killable_under_raw_lock(void)
{
	raw_spin_lock(&raw_lock);
	if (!mutex_lock_killable(&mutex)) // expected-warning {{'killable_under_raw_lock' calls 'mutex_lock_killable', which may sleep, while}}
		mutex_unlock(&mutex);
	raw_spin_unlock(&raw_lock);
}

void percpu_rwsem_under_lock(void)
{
	spin_lock(&lock);
	percpu_down_write(&percpu_rwsem); // expected-warning {{'percpu_rwsem_under_lock' calls 'percpu_down_write', which may sleep, while}}
	percpu_up_write(&percpu_rwsem);
	spin_unlock(&lock);
}

// locking/locktypes.rst: sleeping locks only in preemptible task context.
void mutex_with_preemption_off(void)
{
	preempt_disable();
	if (!mutex_lock_interruptible(&mutex)) // expected-warning {{'mutex_with_preemption_off' calls 'mutex_lock_interruptible', which may sleep, while}}
		mutex_unlock(&mutex);
	preempt_enable();
}

// locking/preempt-locking.rst: get_cpu() disables preemption up to put_cpu().
void *alloc_on_this_cpu(void)
{
	void *p = NULL;

	if (get_cpu() == 0)
		p = kzalloc(64, GFP_KERNEL); // expected-warning {{'alloc_on_this_cpu' calls 'kzalloc', which may sleep, while}}
	put_cpu();
	return p;
}

// locking/seqlock.rst: the write side of a seqlock_t is never preempted.
void *store_in_sequence(struct node *n)
{
	void *p;

	write_seqlock(&sequence);
	p = kmemdup(n, sizeof(*n), GFP_KERNEL); // expected-warning {{'store_in_sequence' calls 'kmemdup', which may sleep, while}}
	write_sequnlock(&sequence);
	return p;
}

// include/linux/bit_spinlock.h: a bit that spins disables preemption like any spinlock.
void page_lock_under_bit_lock(struct page *page)
{
	bit_spin_lock(0, &word);
	lock_page(page); // expected-warning {{'page_lock_under_bit_lock' calls 'lock_page', which may sleep, while}}
	unlock_page(page);
	bit_spin_unlock(0, &word);
}

// kernel-hacking/hacking.rst, "Softirq Context": bottom halves off is as good as being in one.
void flush_with_bh_off(struct work_struct *work)
{
	local_bh_disable();
	flush_work(work); // expected-warning {{'flush_with_bh_off' calls 'flush_work', which may sleep, while}}
	local_bh_enable();
}

// RCU/whatisRCU.rst: it is illegal to block in an RCU read-side section.
int mutex_under_rcu(struct node **head)
{
	int value;

	rcu_read_lock();
	mutex_lock(&mutex); // expected-warning {{'mutex_under_rcu' calls 'mutex_lock', which may sleep, while}}
	value = rcu_dereference(*head)->value;
	mutex_unlock(&mutex);
	rcu_read_unlock();
	return value;
}

// RCU/whatisRCU.rst: a grace period cannot end while its waiter reads.
void synchronize_while_reading(void)
{
	rcu_read_lock();
	synchronize_rcu(); // expected-warning {{'synchronize_while_reading' calls 'synchronize_rcu', which may sleep, while}}
	rcu_read_unlock();
}

// RCU/checklist.rst, 6: synchronize_srcu() blocks too.
void synchronize_srcu_under_lock(void)
{
	spin_lock(&lock);
	synchronize_srcu(&domain); // expected-warning {{'synchronize_srcu_under_lock' calls 'synchronize_srcu', which may sleep, while}}
	spin_unlock(&lock);
}

// scheduler/completion.rst: wait_for_completion() blocks; not with interrupts off, not in atomic context.
void wait_with_irqs_off(struct completion *done)
{
	local_irq_disable();
	wait_for_completion(done); // expected-warning {{'wait_with_irqs_off' calls 'wait_for_completion', which may sleep, while}}
	local_irq_enable();
}

// include/linux/wait.h: wait_event() sleeps until the condition holds.
void wait_event_under_lock(void)
{
	spin_lock(&lock);
	wait_event(queue, ready); // expected-warning-re {{'wait_event_under_lock' {{calls|expands}} '{{.*}}', which may sleep, while}}
	spin_unlock(&lock);
}

// timers/timers-howto.rst: in atomic context the delay family, never the sleep family.
void usleep_under_lock(void)
{
	spin_lock(&lock);
	usleep_range(10, 20); // expected-warning {{'usleep_under_lock' calls 'usleep_range', which may sleep, while}}
	spin_unlock(&lock);
}

// kernel-hacking/hacking.rst: schedule() is how one sleeps.
void schedule_with_preemption_off(void)
{
	preempt_disable();
	schedule(); // expected-warning {{'schedule_with_preemption_off' calls 'schedule', which may sleep, while}}
	preempt_enable();
}

// core-api/memory-allocation.rst: GFP_NOFS and GFP_NOIO keep out of filesystems and I/O, and still reclaim directly.
void *nofs_under_lock(void)
{
	void *p;

	spin_lock(&lock);
	p = kcalloc(4, 16, GFP_NOFS); // expected-warning {{'nofs_under_lock' calls 'kcalloc', which may sleep, while}}
	spin_unlock(&lock);
	return p;
}

void *noio_under_rcu(void)
{
	void *p;

	rcu_read_lock();
	p = kmem_cache_alloc(cache, GFP_NOIO); // expected-warning {{'noio_under_rcu' calls 'kmem_cache_alloc', which may sleep, while}}
	rcu_read_unlock();
	return p;
}

// core-api/memory-allocation.rst: GFP_KERNEL_ACCOUNT is GFP_KERNEL with an account.
char *accounted_under_lock(const char *name)
{
	char *p;

	spin_lock(&lock);
	p = kstrdup(name, GFP_KERNEL_ACCOUNT); // expected-warning {{'accounted_under_lock' calls 'kstrdup', which may sleep, while}}
	spin_unlock(&lock);
	return p;
}

// core-api/dma-api.rst: GFP_KERNEL for a pool only where blocking is permitted.
void *dma_pool_under_lock(struct dma_pool *pool, dma_addr_t *handle)
{
	void *p;

	spin_lock(&lock);
	p = dma_pool_alloc(pool, GFP_KERNEL, handle); // expected-warning {{'dma_pool_under_lock' calls 'dma_pool_alloc', which may sleep, while}}
	spin_unlock(&lock);
	return p;
}

// include/linux/xarray.h: storing may sleep if the flags permit.
void xa_store_under_lock(struct xarray *xa, struct node *n)
{
	spin_lock(&lock);
	xa_store(xa, 1, n, GFP_KERNEL); // expected-warning {{'xa_store_under_lock' calls 'xa_store', which may sleep, while}}
	spin_unlock(&lock);
}

// mm/highmem.rst: whoever holds a kmap_atomic() mapping may not sleep.
void sleep_on_atomic_map(struct page *page)
{
	void *at = kmap_atomic(page);

	mutex_lock(&mutex); // expected-warning {{'sleep_on_atomic_map' calls 'mutex_lock', which may sleep, while}}
	memcpy(at, "x", 1);
	mutex_unlock(&mutex);
	kunmap_atomic(at);
}

// core-api/genericirq.rst, disable_irq(): it waits for running handlers.
void disable_irq_under_lock(unsigned int irq)
{
	spin_lock(&lock);
	disable_irq(irq); // expected-warning {{'disable_irq_under_lock' calls 'disable_irq', which may sleep, while}}
	spin_unlock(&lock);
}

// core-api/workqueue.rst: cancelling synchronously waits for the work.
void cancel_under_lock(struct work_struct *work)
{
	spin_lock(&lock);
	cancel_work_sync(work); // expected-warning {{'cancel_under_lock' calls 'cancel_work_sync', which may sleep, while}}
	spin_unlock(&lock);
}

// driver-api/basics.rst, kthread_stop(): it waits for the thread to exit.
void stop_under_lock(struct task_struct *task)
{
	spin_lock(&lock);
	kthread_stop(task); // expected-warning {{'stop_under_lock' calls 'kthread_stop', which may sleep, while}}
	spin_unlock(&lock);
}

// driver-api/clk.rst: prepare is allowed to sleep and so not allowed in atomic context.
void clk_prepare_under_lock(struct clk *clock)
{
	spin_lock(&lock);
	clk_prepare(clock); // expected-warning {{'clk_prepare_under_lock' calls 'clk_prepare', which may sleep, while}}
	spin_unlock(&lock);
}

// driver-api/gpio/consumer.rst: the _cansleep accessors need a context that may sleep.
void gpio_cansleep_under_lock(struct gpio_desc *line)
{
	spin_lock(&lock);
	gpiod_set_value_cansleep(line, 1); // expected-warning {{'gpio_cansleep_under_lock' calls 'gpiod_set_value_cansleep', which may sleep, while}}
	spin_unlock(&lock);
}

// core-api/pin_user_pages.rst: getting user pages may have to fault them in.
int gup_under_lock(unsigned long at, struct page **page)
{
	int n;

	spin_lock(&lock);
	n = get_user_pages_fast(at, 1, FOLL_WRITE, page); // expected-warning {{'gup_under_lock' calls 'get_user_pages_fast', which may sleep, while}}
	spin_unlock(&lock);
	return n;
}

// mm/process_addrs.rst: mmap_lock is a rw semaphore, and so sleeps.
void mmap_lock_under_rcu(struct mm_struct *mm)
{
	rcu_read_lock();
	mmap_read_lock(mm); // expected-warning {{'mmap_lock_under_rcu' calls 'mmap_read_lock', which may sleep, while}}
	mmap_read_unlock(mm);
	rcu_read_unlock();
}
