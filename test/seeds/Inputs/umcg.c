// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A worker that runs, blocks and wakes up.
#include "umcg.h"

#include <stdio.h>

int main(void)
{
	static struct umcg_task task;
	static u64 idle_workers;
	static u32 idle_server = 42;
	struct umcg_worker worker;
	u32 server = 0;
	int ret;

	ret = umcg_ctl(&worker, &task);
	printf("ctl %d, state %u\n", ret, task.state);
	task.state = UMCG_TASK_BLOCKED;
	preempt_disable();
	ret = umcg_sched_submit_work(&worker);
	preempt_enable();
	printf("blocked %d\n", ret);
	task.state = UMCG_TASK_BLOCKED;
	task.idle_workers_ptr = (unsigned long)&idle_workers;
	task.idle_server_tid_ptr = (unsigned long)&idle_server;
	ret = umcg_process_waking_worker(&worker, &server);
	printf("waking %d, server %u, idle list %d\n", ret, server, idle_workers == (unsigned long)&task);
	return 0;
}
