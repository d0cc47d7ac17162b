/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* waitqueue.h - callbacks to run when something happens, and waiting for it. */
#ifndef EXAMPLES_WAITQUEUE_H
#define EXAMPLES_WAITQUEUE_H

#include "list.h"
#include "lock.h"
#include "task.h"

typedef struct wait_queue_head {
	spinlock_t lock;
	struct list_head entries;
} wait_queue_head_t;

typedef struct wait_queue_entry wait_queue_entry_t;
typedef int (*wait_queue_func_t)(wait_queue_entry_t *wait, unsigned int mode, int flags, void *key);

struct wait_queue_entry {
	wait_queue_func_t func;		/* called with the queue's lock held: may not sleep */
	struct list_head entry;
};

void init_waitqueue_head(wait_queue_head_t *wqh);
void init_waitqueue_func_entry(wait_queue_entry_t *wait, wait_queue_func_t func);
void add_wait_queue(wait_queue_head_t *wqh, wait_queue_entry_t *wait);
void remove_wait_queue(wait_queue_head_t *wqh, wait_queue_entry_t *wait);
void wake_up_poll(wait_queue_head_t *wqh, __poll_t events);

#define wait_event(wqh, cond)		\
do {					\
	(void)&(wqh);			\
	might_sleep();			\
	while (!(cond))			\
		schedule();		\
} while (0)

#endif
