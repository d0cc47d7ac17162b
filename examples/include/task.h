/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * task.h - who runs, in whose memory, and whether it may sleep.
 *
 * There are no threads behind a task: a woken one runs when somebody calls
 * schedule().  That keeps the models deterministic.
 */
#ifndef EXAMPLES_TASK_H
#define EXAMPLES_TASK_H

#include "list.h"

struct mm_struct {
	struct list_head notifiers;	/* struct mmu_notifier */
	int readers;			/* of its lock */
};

struct task_struct {
	struct mm_struct *mm;
	int preempt_count;		/* above 0: may not sleep */
	int pagefault_disabled;
	bool signal;
};

struct task_struct *get_current(void);
#define current get_current()

static inline bool signal_pending(const struct task_struct *task)
{
	return READ_ONCE(task->signal);
}

/* The models know one signal, and it kills. */
static inline bool fatal_signal_pending(const struct task_struct *task)
{
	return signal_pending(task);
}

bool need_resched(void);
u64 local_clock(void);			/* nanoseconds */
void schedule(void);			/* let one woken task run */

void preempt_disable(void);
void preempt_enable(void);

void __might_sleep(const char *file, int line);
#define might_sleep()		__might_sleep(__FILE__, __LINE__)
#define might_sleep_if(cond)	do { if (cond) might_sleep(); } while (0)

/* A thread in its creator's memory; fn returns false when there was nothing to do. */
struct vhost_task;

struct vhost_task *vhost_task_create(bool (*fn)(void *data), void *arg);
void vhost_task_wake(struct vhost_task *vtsk);
void vhost_task_stop(struct vhost_task *vtsk);

#endif
