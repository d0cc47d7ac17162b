// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* ring.c - each reader validates for itself, and each pays in its own way. */
#include "../include/ring.h"

#include "uaccess.h"

struct queue {
	const struct avail_ring __user *avail;
};

int queue_set_ring(struct queue *q, const struct avail_ring __user *avail)
{
	q->avail = avail;
	return 0;
}

/* Nothing between the check and the region: it may be read before it is checked. */
int queue_read_idx(struct queue *q, u16 *idx)
{
	const struct avail_ring __user *avail = q->avail;
	int ret = -EFAULT;

	if (!access_ok(avail, sizeof(*avail)))
		return -EFAULT;
	user_access_begin_after_access_ok();
	unsafe_get_user(*idx, &avail->idx, out);
	ret = 0;
out:
	user_access_end();
	return ret;
}

/* The check, and get_user() checks as well. */
int queue_read_flags(struct queue *q, u16 *flags)
{
	const struct avail_ring __user *avail = q->avail;

	if (!access_ok(avail, sizeof(*avail)))
		return -EFAULT;
	return get_user(*flags, &avail->flags);
}

/* The barrier, and then one more with each of the heads. */
int queue_read_heads(struct queue *q, u16 heads[], unsigned int n)
{
	const struct avail_ring __user *avail = q->avail;
	unsigned int i;

	if (n > RING_SIZE || !access_ok(avail, sizeof(*avail)))
		return -EFAULT;
	barrier_nospec();
	for (i = 0; i < n; i++)
		if (__get_user(heads[i], &avail->ring[i]))
			return -EFAULT;
	return 0;
}
