/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* work.h - work put off to a place that may sleep. */
#ifndef EXAMPLES_WORK_H
#define EXAMPLES_WORK_H

#include "list.h"

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	struct list_head entry;
	work_func_t func;
};

#define INIT_WORK(work, fn)			\
do {						\
	INIT_LIST_HEAD(&(work)->entry);		\
	(work)->func = (fn);			\
} while (0)

bool schedule_work(struct work_struct *work);	/* false: it was queued already */
void flush_scheduled_work(void);		/* run all that is queued */

#endif
