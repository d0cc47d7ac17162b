/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* umcg_uapi.h - what a thread and the kernel tell each other, in the thread's memory. */
#ifndef EXAMPLES_UMCG_UAPI_H
#define EXAMPLES_UMCG_UAPI_H

#include "types.h"

#define UMCG_TASK_IDLE		1u
#define UMCG_TASK_RUNNING	2u
#define UMCG_TASK_BLOCKED	3u
#define UMCG_TASK_STATE_MASK	0xffu
#define UMCG_TF_PREEMPTED	0x100u	/* set by the kernel when it takes the CPU away */

/* A worker, or a server that runs workers. Lists of idle ones go by pointers. */
struct umcg_task {
	u32 state;
	u32 next_tid;
	u64 idle_workers_ptr;		/* of a u64: the first idle worker */
	u64 idle_server_tid_ptr;	/* of a u32: a server with nothing to do, or 0 */
	u64 next;			/* in the list of idle workers */
} __attribute__((__aligned__(32)));	/* never across two pages */

#endif
