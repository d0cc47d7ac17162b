// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* task.c - tasks that take turns. */
#include "task.h"

#include "slab.h"

#include <sched.h>
#include <time.h>

struct vhost_task {
	struct task_struct task;
	bool (*fn)(void *data);
	void *arg;
	bool woken, running;
	struct list_head link;
};

static struct mm_struct init_mm = { .notifiers = LIST_HEAD_INIT(init_mm.notifiers) };
static struct task_struct init_task = { .mm = &init_mm };
static struct task_struct *running_task = &init_task;
static struct list_head all_tasks = LIST_HEAD_INIT(all_tasks);

struct task_struct *get_current(void)
{
	return running_task;
}

u64 local_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (u64)now.tv_sec * 1000000000 + (u64)now.tv_nsec;
}

void preempt_disable(void)
{
	current->preempt_count++;
}

void preempt_enable(void)
{
	current->preempt_count--;
}

void __might_sleep(const char *file, int line)
{
	if (current->preempt_count)
		warn(file, line, "sleeps where it may not");
}

static struct vhost_task *next_task(void)
{
	struct vhost_task *vtsk;

	list_for_each_entry(vtsk, &all_tasks, link)
		if (vtsk->woken && !vtsk->running)
			return vtsk;
	return NULL;
}

bool need_resched(void)
{
	return next_task();
}

void schedule(void)
{
	struct task_struct *previous = running_task;
	struct vhost_task *vtsk = next_task();

	if (!vtsk) {
		sched_yield();
		return;
	}
	vtsk->woken = false;
	vtsk->running = true;
	running_task = &vtsk->task;
	while (vtsk->fn(vtsk->arg))
		;
	running_task = previous;
	vtsk->running = false;
}

struct vhost_task *vhost_task_create(bool (*fn)(void *data), void *arg)
{
	struct vhost_task *vtsk = kzalloc(sizeof(*vtsk), GFP_KERNEL);

	if (!vtsk)
		return ERR_PTR(-ENOMEM);
	vtsk->task.mm = current->mm;
	vtsk->fn = fn;
	vtsk->arg = arg;
	list_add_tail(&vtsk->link, &all_tasks);
	return vtsk;
}

void vhost_task_wake(struct vhost_task *vtsk)
{
	vtsk->woken = true;
}

void vhost_task_stop(struct vhost_task *vtsk)
{
	list_del(&vtsk->link);
	kfree(vtsk);
}
