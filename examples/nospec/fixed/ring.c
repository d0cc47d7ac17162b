// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * ring.c - validated once, where the ring is set, with the barrier; from there
 * on the address is good, and its accessors pay for neither.
 */
#include "../include/ring.h"

#include "uaccess.h"

struct queue {
	const struct avail_ring __user *avail __prevalidated;
};

static bool ring_access_ok(const struct avail_ring __user *avail)
{
	if (!access_ok(avail, sizeof(*avail)))
		return false;
	barrier_nospec();
	return true;
}

/* Like __get_user(), without its barrier. */
#define ring_get_user(x, ptr)						\
({									\
	__label__ fault, done;						\
	int __rgu_ret = 0;						\
									\
	user_access_begin_after_access_ok();				\
	unsafe_get_user((x), (ptr), fault);				\
	goto done;							\
fault:									\
	__rgu_ret = -EFAULT;						\
done:									\
	user_access_end();						\
	__rgu_ret;							\
})

int queue_set_ring(struct queue *q, const struct avail_ring __user *avail)
{
	if (!ring_access_ok(avail))
		return -EFAULT;
	q->avail = avail;
	return 0;
}

int queue_read_idx(struct queue *q, u16 *idx)
{
	return ring_get_user(*idx, &q->avail->idx);
}

int queue_read_flags(struct queue *q, u16 *flags)
{
	return ring_get_user(*flags, &q->avail->flags);
}

int queue_read_heads(struct queue *q, u16 heads[], unsigned int n)
{
	const struct avail_ring __user *avail = q->avail;
	unsigned int i;

	if (n > RING_SIZE)
		return -EFAULT;
	user_access_begin_after_access_ok();
	for (i = 0; i < n; i++)
		unsafe_get_user(heads[i], &avail->ring[i], fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
