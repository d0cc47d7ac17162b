/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* umcg.h - threads that the user schedules: what the kernel does when one blocks or wakes. */
#ifndef EXAMPLES_UMCG_H
#define EXAMPLES_UMCG_H

#include "../include/umcg_uapi.h"
#include "mm.h"

struct umcg_worker {
	struct umcg_task __user *task;
	/* The same, where nothing faults: its page is pinned. User space writes to it, too. */
	struct umcg_task *pinned;
	struct page *page;
};

int umcg_ctl(struct umcg_worker *worker, struct umcg_task __user *task);
void umcg_release(struct umcg_worker *worker);

/* The scheduler calls it with preemption disabled, before the task is off the CPU. */
int umcg_sched_submit_work(struct umcg_worker *worker) __no_sleep;

/* On the way back to user mode: the worker joins the idle ones, and a server is to run it. */
int umcg_process_waking_worker(struct umcg_worker *worker, u32 *server_tid);

#endif
