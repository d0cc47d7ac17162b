// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the kernel's documents allow, or tell you to do instead, one small function each; run as table-wrong.c is.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;
static rwlock_t rw_lock;
static seqlock_t sequence;
static struct mutex mutex;
static struct rw_semaphore rwsem;
static struct semaphore semaphore;
static struct srcu_struct domain;
static unsigned long word;
static wait_queue_head_t queue;
static struct kmem_cache *cache;
static int ready;
struct node { int value; struct node *next; struct rcu_head rcu; };

// kernel-hacking/locking.rst: a mutex may be held while sleeping.
void *alloc_under_mutex(void)
{
	void *p;

	mutex_lock(&mutex);
	p = kmalloc(64, GFP_KERNEL);
	mutex_unlock(&mutex);
	return p;
}

// kernel-hacking/locking.rst: with the spinlock dropped, user space may be touched again.
int copy_after_unlock(int __user *to)
{
	int value;

	spin_lock(&lock);
	value = ready;
	spin_unlock(&lock);
	return put_user(value, to);
}

// kernel-hacking/locking.rst: kmalloc(GFP_ATOMIC) under a spinlock.
void *atomic_under_spinlock(void)
{
	void *p;

	spin_lock(&lock);
	p = kmalloc(64, GFP_ATOMIC);
	spin_unlock(&lock);
	return p;
}

// kernel-hacking/locking.rst: mutex_trylock() does not suspend the task.
int trylock_under_spinlock(void)
{
	int got;

	spin_lock(&lock);
	got = mutex_trylock(&mutex);
	spin_unlock(&lock);
	if (got)
		mutex_unlock(&mutex);
	return got;
}

// kernel-hacking/locking.rst: kfree() and printk() can be called from any context.
void free_under_lock(void *p)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	kfree(p);
	printk("freed\n");
	spin_unlock_irqrestore(&lock, flags);
}

// kernel-hacking/locking.rst: where spin_trylock() failed the lock is not held.
int sleep_where_trylock_failed(void)
{
	if (spin_trylock(&lock)) {
		ready = 1;
		spin_unlock(&lock);
		return 0;
	}
	msleep(1);
	return -EAGAIN;
}

// locking/locktypes.rst: spinning locks nest inside sleeping ones.
void spinlock_under_rwsem(void)
{
	down_write(&rwsem);
	spin_lock(&lock);
	ready = 1;
	spin_unlock(&lock);
	up_write(&rwsem);
}

// locking/locktypes.rst: the read side of a rw semaphore lets sleep.
void sleep_under_rwsem(void)
{
	down_read(&rwsem);
	msleep(1);
	up_read(&rwsem);
}

// locking/mutex-design.rst: only task context, and a mutex inside a mutex is one.
void mutex_in_semaphore(void)
{
	down(&semaphore);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	up(&semaphore);
}

// kernel-hacking/locking.rst: down_trylock() never sleeps.
void down_trylock_under_lock(void)
{
	spin_lock(&lock);
	if (!down_trylock(&semaphore))
		up(&semaphore);
	spin_unlock(&lock);
}

// kernel-hacking/locking.rst: releasing does not sleep.
void release_under_lock(void)
{
	mutex_lock(&mutex);
	spin_lock(&lock);
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

// locking/preempt-locking.rst: allocate first, disable preemption then.
int alloc_then_disable(struct node **slot)
{
	struct node *n = kmalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return -ENOMEM;
	preempt_disable();
	*slot = n;
	preempt_enable();
	return 0;
}

// locking/preempt-locking.rst: after put_cpu() preemption is back.
int sleep_after_put_cpu(void)
{
	int cpu = get_cpu();

	put_cpu();
	schedule();
	return cpu;
}

// locking/seqlock.rst: a seqlock's readers take no lock.
int read_sequence(void)
{
	unsigned int seen;
	void *p;

	do {
		seen = read_seqbegin(&sequence);
		p = kmalloc(8, GFP_KERNEL);
		kfree(p);
	} while (read_seqretry(&sequence, seen));
	return ready;
}

// include/linux/bit_spinlock.h: trying a page lock waits for nobody.
void trylock_page_under_bit_lock(struct page *page)
{
	bit_spin_lock(0, &word);
	if (trylock_page(page))
		unlock_page(page);
	bit_spin_unlock(0, &word);
}

// RCU/whatisRCU.rst: copy out under the lock, sleep afterwards.
int read_then_sleep(struct node **head)
{
	int value;

	rcu_read_lock();
	value = rcu_dereference(*head)->value;
	rcu_read_unlock();
	msleep(value);
	return value;
}

static void free_node(struct rcu_head *head)
{
	kfree(container_of(head, struct node, rcu));
}

// RCU/whatisRCU.rst, 4: call_rcu() where blocking is illegal.
void defer_under_lock(struct node *n)
{
	spin_lock(&lock);
	call_rcu(&n->rcu, free_node);
	spin_unlock(&lock);
}

// RCU/checklist.rst, 13: SRCU readers may block.
void sleep_under_srcu(void)
{
	int idx = srcu_read_lock(&domain);

	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	srcu_read_unlock(&domain, idx);
}

// RCU/whatisRCU.rst: the updater unlinks under the lock, unlocks and waits.
void unlink_and_wait(struct node **head)
{
	struct node *old;

	spin_lock(&lock);
	old = *head;
	WRITE_ONCE(*head, old->next);
	spin_unlock(&lock);
	synchronize_rcu();
	kfree(old);
}

// scheduler/completion.rst: complete() may be called in atomic context, try_wait_for_completion() too.
bool complete_under_lock(struct completion *done)
{
	bool was;

	spin_lock_irq(&lock);
	was = try_wait_for_completion(done);
	complete(done);
	spin_unlock_irq(&lock);
	return was;
}

// scheduler/completion.rst: waiting in process context.
void wait_in_process_context(struct completion *done)
{
	local_irq_disable();
	ready = 0;
	local_irq_enable();
	wait_for_completion(done);
}

// include/linux/wait.h: waking does not wait.
void wake_under_lock(void)
{
	spin_lock_bh(&lock);
	ready = 1;
	wake_up(&queue);
	spin_unlock_bh(&lock);
}

// include/linux/wait.h: waiting with nothing held.
void wait_with_nothing_held(void)
{
	wait_event(queue, ready);
}

// timers/timers-howto.rst: udelay() in atomic context.
void delay_under_lock(void)
{
	spin_lock(&lock);
	udelay(10);
	spin_unlock(&lock);
}

// core-api/memory-allocation.rst: GFP_NOWAIT in atomic context.
void *nowait_under_lock(void)
{
	void *p;

	write_lock(&rw_lock);
	p = kmem_cache_alloc(cache, GFP_NOWAIT);
	write_unlock(&rw_lock);
	return p;
}

// core-api/memory-allocation.rst: GFP_KERNEL & ~__GFP_RECLAIM is for atomic contexts as well,
void *no_reclaim_under_lock(void)
{
	void *p;

	spin_lock(&lock);
	p = kzalloc(64, GFP_KERNEL & ~__GFP_RECLAIM);
	spin_unlock(&lock);
	return p;
}

// and so is GFP_KERNEL & ~__GFP_DIRECT_RECLAIM.
void *no_direct_reclaim_under_rcu(void)
{
	void *p;

	rcu_read_lock();
	p = kcalloc(4, 16, (GFP_KERNEL | __GFP_HIGH) & ~__GFP_DIRECT_RECLAIM);
	rcu_read_unlock();
	return p;
}

// core-api/dma-api.rst: GFP_ATOMIC for a pool prevents blocking.
void *dma_pool_atomic(struct dma_pool *pool, dma_addr_t *handle)
{
	void *p;

	spin_lock(&lock);
	p = dma_pool_alloc(pool, GFP_ATOMIC, handle);
	spin_unlock(&lock);
	return p;
}

// include/linux/xarray.h: storing with GFP_ATOMIC does not sleep, loading never does.
void *xa_store_atomic(struct xarray *xa, struct node *n)
{
	void *old;

	spin_lock(&lock);
	old = xa_load(xa, 1);
	xa_store(xa, 1, n, GFP_ATOMIC);
	spin_unlock(&lock);
	return old;
}

// mm/highmem.rst: a kmap_local_page() mapping disables neither preemption nor page faults.
int copy_on_local_map(struct page *page, const void __user *from)
{
	void *at = kmap_local_page(page);
	int left = copy_from_user(at, from, 64);

	kunmap_local(at);
	return left;
}

// mm/highmem.rst: under kmap_atomic() the _inatomic copy.
int copy_on_atomic_map(struct page *page, const void __user *from __prevalidated)
{
	void *at = kmap_atomic(page);
	int left = __copy_from_user_inatomic(at, from, 64);

	kunmap_atomic(at);
	return left;
}

// core-api/genericirq.rst: disable_irq_nosync() does not wait.
void disable_nosync_under_lock(unsigned int irq)
{
	spin_lock(&lock);
	disable_irq_nosync(irq);
	spin_unlock(&lock);
}

// core-api/workqueue.rst: queueing is for any context.
void queue_under_lock(struct work_struct *work)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	schedule_work(work);
	spin_unlock_irqrestore(&lock, flags);
}

// driver-api/clk.rst: enable and disable are for atomic context.
void clk_enable_under_lock(struct clk *clock)
{
	spin_lock(&lock);
	clk_enable(clock);
	spin_unlock(&lock);
}

// driver-api/gpio/consumer.rst: the plain accessors can be used in hard interrupts.
void gpio_under_lock(struct gpio_desc *line)
{
	spin_lock(&lock);
	gpiod_set_value(line, 1);
	spin_unlock(&lock);
}

// core-api/pin_user_pages.rst: the _fast_only form gives up instead of sleeping.
int gup_only_under_lock(unsigned long at, struct page **page)
{
	int n;

	spin_lock(&lock);
	n = get_user_pages_fast_only(at, 1, FOLL_WRITE, page);
	spin_unlock(&lock);
	return n;
}

// mm/process_addrs.rst: mmap_lock can be tried.
bool try_mmap_lock(struct mm_struct *mm)
{
	bool got;

	rcu_read_lock();
	got = mmap_read_trylock(mm);
	rcu_read_unlock();
	if (got)
		mmap_read_unlock(mm);
	return got;
}

// include/linux/uaccess.h: copy_from_user_nofault() does not fault and so may be called anywhere.
long nofault_under_lock(void *to, const void __user *from)
{
	long error;

	spin_lock(&lock);
	error = copy_from_user_nofault(to, from, 8);
	spin_unlock(&lock);
	return error;
}

// mm/memory.c, __might_fault(): with page faults disabled an access fails instead of sleeping.
int get_user_with_faults_off(int __user *from)
{
	int value, error;

	preempt_disable();
	pagefault_disable();
	error = get_user(value, from);
	pagefault_enable();
	preempt_enable();
	return error ?: value;
}
