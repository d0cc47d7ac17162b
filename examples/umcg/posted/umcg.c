// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* umcg.c - a worker blocks, and wakes up again. */
#include "umcg.h"

#include "umcg_uaccess.h"

int umcg_ctl(struct umcg_worker *worker, struct umcg_task __user *task)
{
	u32 state = UMCG_TASK_RUNNING;

	worker->task = task;
	return xchg_user_32(&task->state, &state);
}

int __no_sleep umcg_sched_submit_work(struct umcg_worker *worker)
{
	struct umcg_task __user *task = worker->task;
	u32 state;

	return get_user_nosleep(state, &task->state) ?: (int)(state & UMCG_TASK_STATE_MASK);
}

/* Push the worker on the list whose head its memory points to. */
static int enqueue_idle_worker(struct umcg_task __user *task)
{
	u64 __user *head;
	u64 addr, first;

	if (get_user(addr, &task->idle_workers_ptr))
		return -EFAULT;
	head = (u64 __user *)(unsigned long)addr;
	first = (unsigned long)task;
	if (xchg_user_64(head, &first))
		return -EFAULT;
	return put_user(first, &task->next);
}

/* Take the server that waits for work, if there is one. */
static int get_idle_server(struct umcg_task __user *task, u32 *server_tid)
{
	u32 __user *tid;
	u64 addr;

	if (get_user(addr, &task->idle_server_tid_ptr))
		return -EFAULT;
	tid = (u32 __user *)(unsigned long)addr;
	*server_tid = 0;
	return xchg_user_32(tid, server_tid);
}

int umcg_process_waking_worker(struct umcg_worker *worker, u32 *server_tid)
{
	u32 old = UMCG_TASK_BLOCKED;
	u64 none = 0;
	int ret;

	ret = cmpxchg_user_32(&worker->task->state, &old, UMCG_TASK_IDLE);
	if (ret)
		return ret;
	ret = cmpxchg_user_64(&worker->task->next, &none, 0);
	if (ret && ret != -EAGAIN)
		return ret;
	ret = enqueue_idle_worker(worker->task);
	if (ret)
		return ret;
	return get_idle_server(worker->task, server_tid);
}
