// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* work.c - one queue of work, run by whoever flushes it. */
#include "work.h"

#include "lock.h"
#include "task.h"

static struct list_head queue = LIST_HEAD_INIT(queue);
static spinlock_t queue_lock;

bool schedule_work(struct work_struct *work)
{
	bool idle;

	spin_lock(&queue_lock);
	idle = list_empty(&work->entry);
	if (idle)
		list_add_tail(&work->entry, &queue);
	spin_unlock(&queue_lock);
	return idle;
}

static struct work_struct *next_work(void)
{
	struct work_struct *work = NULL;

	spin_lock(&queue_lock);
	if (!list_empty(&queue)) {
		work = list_first_entry(&queue, struct work_struct, entry);
		list_del(&work->entry);
	}
	spin_unlock(&queue_lock);
	return work;
}

void flush_scheduled_work(void)
{
	struct work_struct *work;

	might_sleep();
	while ((work = next_work()))
		work->func(work);
}
