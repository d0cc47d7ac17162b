// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What opens and closes regions: preemption, interrupts, locks that spin, RCU; and the locks that sleep.
#ifndef API_LOCKS_H
#define API_LOCKS_H

#include "api-basic.h"

typedef struct raw_spinlock { int raw; } raw_spinlock_t;
typedef struct spinlock { raw_spinlock_t rlock; } spinlock_t;
typedef struct { int raw; } rwlock_t;
typedef struct { spinlock_t lock; unsigned int sequence; } seqlock_t;
typedef struct { int owner; } local_lock_t;
struct mutex { int owner; };
struct rw_semaphore { long count; };
struct percpu_rw_semaphore { struct rw_semaphore slow; };
struct semaphore { int count; };
struct srcu_struct { int idx; };
struct rcu_head { struct rcu_head *next; void (*func)(struct rcu_head *head); };
struct mm_struct { struct rw_semaphore mmap_lock; };

// Preemption, interrupts, bottom halves.
void preempt_count_inc(void);
void preempt_count_dec(void);
#define preempt_disable() do { preempt_count_inc(); barrier(); } while (0)
#define preempt_enable() do { barrier(); preempt_count_dec(); } while (0)
void local_bh_disable(void);
void local_bh_enable(void);
void arch_local_irq_disable(void);
void arch_local_irq_enable(void);
unsigned long arch_local_irq_save(void);
void arch_local_irq_restore(unsigned long flags);
#define local_irq_disable() do { arch_local_irq_disable(); } while (0)
#define local_irq_enable() do { arch_local_irq_enable(); } while (0)
#define local_irq_save(flags) do { flags = arch_local_irq_save(); } while (0)
#define local_irq_restore(flags) do { arch_local_irq_restore(flags); } while (0)
int smp_processor_id(void);
#define get_cpu() ({ preempt_disable(); smp_processor_id(); })
#define put_cpu() preempt_enable()

// Locks that spin.
void _raw_spin_lock(raw_spinlock_t *lock) __acquires(lock);
void _raw_spin_unlock(raw_spinlock_t *lock) __releases(lock);
int _raw_spin_trylock(raw_spinlock_t *lock);
void _raw_spin_lock_irq(raw_spinlock_t *lock) __acquires(lock);
void _raw_spin_unlock_irq(raw_spinlock_t *lock) __releases(lock);
void _raw_spin_lock_bh(raw_spinlock_t *lock) __acquires(lock);
void _raw_spin_unlock_bh(raw_spinlock_t *lock) __releases(lock);
unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock) __acquires(lock);
void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags) __releases(lock);
#define raw_spin_lock(lock) _raw_spin_lock(lock)
#define raw_spin_unlock(lock) _raw_spin_unlock(lock)
#define raw_spin_trylock(lock) __cond_lock(lock, _raw_spin_trylock(lock))
#define raw_spin_lock_irqsave(lock, flags) do { flags = _raw_spin_lock_irqsave(lock); } while (0)
#define raw_spin_unlock_irqrestore(lock, flags) do { _raw_spin_unlock_irqrestore(lock, flags); } while (0)

HELPER void spin_lock(spinlock_t *lock);
HELPER void spin_unlock(spinlock_t *lock);
HELPER int spin_trylock(spinlock_t *lock);
HELPER void spin_lock_irq(spinlock_t *lock);
HELPER void spin_unlock_irq(spinlock_t *lock);
HELPER void spin_lock_bh(spinlock_t *lock);
HELPER void spin_unlock_bh(spinlock_t *lock);
HELPER void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
#define spin_lock_irqsave(lock, flags) do { raw_spin_lock_irqsave(&(lock)->rlock, flags); } while (0)

void _raw_read_lock(rwlock_t *lock) __acquires(lock);
void _raw_read_unlock(rwlock_t *lock) __releases(lock);
void _raw_write_lock(rwlock_t *lock) __acquires(lock);
void _raw_write_unlock(rwlock_t *lock) __releases(lock);
#define read_lock(lock) _raw_read_lock(lock)
#define read_unlock(lock) _raw_read_unlock(lock)
#define write_lock(lock) _raw_write_lock(lock)
#define write_unlock(lock) _raw_write_unlock(lock)

void bit_spin_lock(int bit, unsigned long *word);
void bit_spin_unlock(int bit, unsigned long *word);
void write_seqlock(seqlock_t *lock);
void write_sequnlock(seqlock_t *lock);
unsigned int read_seqbegin(const seqlock_t *lock);
unsigned int read_seqretry(const seqlock_t *lock, unsigned int start);

// RCU.
void __rcu_read_lock(void);
void __rcu_read_unlock(void);
HELPER void rcu_read_lock(void);
HELPER void rcu_read_unlock(void);
#define rcu_dereference(p) READ_ONCE(p)
int srcu_read_lock(struct srcu_struct *domain);
void srcu_read_unlock(struct srcu_struct *domain, int idx);
HELPER void synchronize_rcu(void);
HELPER void synchronize_srcu(struct srcu_struct *domain);
void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));

// Locks that sleep.
void mutex_take(struct mutex *lock);
HELPER void mutex_lock(struct mutex *lock);
HELPER int mutex_lock_interruptible(struct mutex *lock);
HELPER int mutex_lock_killable(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void rwsem_take(struct rw_semaphore *sem);
HELPER void down_read(struct rw_semaphore *sem);
HELPER void down_write(struct rw_semaphore *sem);
int down_read_trylock(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
HELPER void percpu_down_write(struct percpu_rw_semaphore *sem);
void percpu_up_write(struct percpu_rw_semaphore *sem);
HELPER void down(struct semaphore *sem);
int down_trylock(struct semaphore *sem);
void up(struct semaphore *sem);
HELPER void mmap_read_lock(struct mm_struct *mm);
HELPER int mmap_read_lock_killable(struct mm_struct *mm);
HELPER bool mmap_read_trylock(struct mm_struct *mm);
HELPER void mmap_read_unlock(struct mm_struct *mm);

#ifndef NO_BODIES
static inline void spin_lock(spinlock_t *lock) { raw_spin_lock(&lock->rlock); }
static inline void spin_unlock(spinlock_t *lock) { raw_spin_unlock(&lock->rlock); }
static inline int spin_trylock(spinlock_t *lock) { return raw_spin_trylock(&lock->rlock); }
static inline void spin_lock_irq(spinlock_t *lock) { _raw_spin_lock_irq(&lock->rlock); }
static inline void spin_unlock_irq(spinlock_t *lock) { _raw_spin_unlock_irq(&lock->rlock); }
static inline void spin_lock_bh(spinlock_t *lock) { _raw_spin_lock_bh(&lock->rlock); }
static inline void spin_unlock_bh(spinlock_t *lock) { _raw_spin_unlock_bh(&lock->rlock); }
static inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&lock->rlock, flags);
}

static inline void rcu_read_lock(void) { __rcu_read_lock(); }
static inline void rcu_read_unlock(void) { __rcu_read_unlock(); }
static inline void synchronize_rcu(void) { might_sleep(); }
static inline void synchronize_srcu(struct srcu_struct *domain) { might_sleep(); }

static inline void mutex_lock(struct mutex *lock)
{
	might_sleep();
	mutex_take(lock);
}

static inline int mutex_lock_interruptible(struct mutex *lock)
{
	might_sleep();
	return lock->owner ? -EINTR : 0;
}

static inline int mutex_lock_killable(struct mutex *lock) { return mutex_lock_interruptible(lock); }

static inline void down_read(struct rw_semaphore *sem)
{
	might_sleep();
	rwsem_take(sem);
}

static inline void down_write(struct rw_semaphore *sem)
{
	might_sleep();
	rwsem_take(sem);
}

static inline void percpu_down_write(struct percpu_rw_semaphore *sem)
{
	synchronize_rcu();
	down_write(&sem->slow);
}

static inline void down(struct semaphore *sem)
{
	might_sleep();
	while (sem->count <= 0)
		schedule();
	sem->count--;
}

static inline void mmap_read_lock(struct mm_struct *mm) { down_read(&mm->mmap_lock); }

static inline int mmap_read_lock_killable(struct mm_struct *mm)
{
	down_read(&mm->mmap_lock);
	return 0;
}

static inline bool mmap_read_trylock(struct mm_struct *mm) { return down_read_trylock(&mm->mmap_lock); }
static inline void mmap_read_unlock(struct mm_struct *mm) { up_read(&mm->mmap_lock); }
#endif

#endif
