// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Each region of the kernel's model that forbids sleeping, by the words that it is reported with, and those that do
// not.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static rwlock_t rw_lock;
static seqlock_t sequence;
static struct srcu_struct domain;
static unsigned long word;
void nap(void) __may_sleep;

void spinning(unsigned long flags)
{
	spin_lock(&lock);
	nap(); // expected-warning {{'spinning' calls 'nap', which may sleep, while a spinlock is held}}
	spin_unlock(&lock);
	nap();
	raw_spin_lock(&lock.rlock);
	nap(); // expected-warning {{while a spinlock is held}}
	raw_spin_unlock(&lock.rlock);
	nap();
	raw_spin_lock_irqsave(&lock.rlock, flags);
	nap(); // expected-warning {{'spinning' calls 'nap', which may sleep, while}}
	raw_spin_unlock_irqrestore(&lock.rlock, flags);
	nap();
	spin_lock_bh(&lock);
	nap(); // expected-warning {{'spinning' calls 'nap', which may sleep, while}}
	spin_unlock_bh(&lock);
	nap();
	read_lock(&rw_lock);
	nap(); // expected-warning {{while a spinlock is held}}
	read_unlock(&rw_lock);
	nap();
	write_lock(&rw_lock);
	nap(); // expected-warning {{while a spinlock is held}}
	write_unlock(&rw_lock);
	nap();
	bit_spin_lock(3, &word);
	nap(); // expected-warning {{while a bit spinlock is held}}
	bit_spin_unlock(3, &word);
	nap();
}

void writing(void)
{
	write_seqlock(&sequence);
	nap(); // expected-warning {{'writing' calls 'nap', which may sleep, while}}
	write_sequnlock(&sequence);
	nap();
}

void disabled(unsigned long flags)
{
	preempt_disable();
	nap(); // expected-warning {{while preemption is disabled}}
	preempt_enable();
	nap();
	local_irq_disable();
	nap(); // expected-warning {{while interrupts are disabled}}
	local_irq_enable();
	nap();
	local_irq_save(flags);
	nap(); // expected-warning {{while interrupts are disabled}}
	local_irq_restore(flags);
	nap();
	local_bh_disable();
	nap(); // expected-warning {{while bottom halves are disabled}}
	local_bh_enable();
	nap();
	(void)get_cpu();
	nap(); // expected-warning {{while preemption is disabled}}
	put_cpu();
	nap();
}

void reading(void)
{
	int idx;

	rcu_read_lock();
	nap(); // expected-warning {{while an RCU read lock is held}}
	rcu_read_unlock();
	nap();
	idx = srcu_read_lock(&domain);
	nap();
	srcu_read_unlock(&domain, idx);
}

void mapping(struct page *page)
{
	void *at = kmap_atomic(page);

	nap(); // expected-warning {{while an atomic mapping is held}}
	kunmap_atomic(at);
	nap();
	at = kmap_local_page(page);
	nap();
	kunmap_local(at);
	pagefault_disable();
	nap();
	pagefault_enable();
}

int user(int __user *at)
{
	if (!user_access_begin(at, sizeof(*at)))
		return -EFAULT;
	nap(); // expected-warning {{'user' calls 'nap', which may sleep, while a user access region is open}} expected-warning {{'user' calls 'nap' while a user access region is open}}
	user_access_end();
	nap();
	return 0;
}

// Two at once: one finding, and closing the inner one leaves the outer one open.
void two(void)
{
	rcu_read_lock();
	spin_lock(&lock);
	nap(); // expected-warning {{'two' calls 'nap', which may sleep, while}}
	spin_unlock(&lock);
	nap(); // expected-warning {{while an RCU read lock is held}}
	rcu_read_unlock();
	nap();
}

// Twice the same: depth counts.
void twice(void)
{
	preempt_disable();
	preempt_disable();
	preempt_enable();
	nap(); // expected-warning {{while preemption is disabled}}
	preempt_enable();
	nap();
}

// Functions that run in a region because of where they are stored.
struct node { struct rcu_head rcu; };
static void callback(struct rcu_head *head)
{
	nap(); // expected-warning {{'callback' calls 'nap', which may sleep, while a softirq handler runs}}
	kfree(container_of(head, struct node, rcu));
}

static void quick_callback(struct rcu_head *head)
{
	kfree(container_of(head, struct node, rcu));
}

void defers(struct node *a, struct node *b)
{
	call_rcu(&a->rcu, callback);
	call_rcu(&b->rcu, quick_callback);
}
