// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* waitqueue.c - wait queues. */
#include "waitqueue.h"

void init_waitqueue_head(wait_queue_head_t *wqh)
{
	spin_lock_init(&wqh->lock);
	INIT_LIST_HEAD(&wqh->entries);
}

void init_waitqueue_func_entry(wait_queue_entry_t *wait, wait_queue_func_t func)
{
	wait->func = func;
	INIT_LIST_HEAD(&wait->entry);
}

void add_wait_queue(wait_queue_head_t *wqh, wait_queue_entry_t *wait)
{
	spin_lock(&wqh->lock);
	list_add_tail(&wait->entry, &wqh->entries);
	spin_unlock(&wqh->lock);
}

void remove_wait_queue(wait_queue_head_t *wqh, wait_queue_entry_t *wait)
{
	spin_lock(&wqh->lock);
	list_del(&wait->entry);
	spin_unlock(&wqh->lock);
}

void wake_up_poll(wait_queue_head_t *wqh, __poll_t events)
{
	wait_queue_entry_t *wait, *next;

	spin_lock(&wqh->lock);
	list_for_each_entry_safe(wait, next, &wqh->entries, entry)
		wait->func(wait, 0, 0, (void *)(unsigned long)events);
	spin_unlock(&wqh->lock);
}
