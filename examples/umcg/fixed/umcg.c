// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * umcg.c - a worker blocks, and wakes up again.
 *
 * The scheduler touches the pinned page and nothing else; lists in user memory
 * are walked where it may sleep.
 */
#include "umcg.h"

#include "umcg_uaccess.h"

/* May sleep: the time to get the page. It holds the whole struct, which is aligned. */
int umcg_ctl(struct umcg_worker *worker, struct umcg_task __user *task)
{
	unsigned long addr = (unsigned long)task;
	u32 state = UMCG_TASK_RUNNING;
	long pinned;
	int ret;

	if (!IS_ALIGNED(addr, sizeof(*task)))
		return -EINVAL;
	pinned = pin_user_pages_unlocked(addr, 1, &worker->page, FOLL_WRITE);
	if (pinned != 1)
		return pinned < 0 ? (int)pinned : -EFAULT;
	ret = xchg_user_32(&task->state, &state);
	if (ret) {
		unpin_user_page(worker->page);
		return ret;
	}
	worker->pinned = page_address(worker->page) + addr % PAGE_SIZE;
	worker->task = task;
	return 0;
}

void umcg_release(struct umcg_worker *worker)
{
	unpin_user_page(worker->page);
}

int __no_sleep umcg_sched_submit_work(struct umcg_worker *worker)
{
	u32 state = READ_ONCE(worker->pinned->state);

	WRITE_ONCE(worker->pinned->state, state | UMCG_TF_PREEMPTED);
	return (int)(state & UMCG_TASK_STATE_MASK);
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
