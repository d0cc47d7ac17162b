/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * ring.h - a ring in user memory that is validated once and read many times.
 *
 * Reading past a failed check, ahead of its outcome, is what barrier_nospec()
 * forbids: once for a validated address is enough, and it costs more than the
 * check does.
 */
#ifndef EXAMPLES_NOSPEC_RING_H
#define EXAMPLES_NOSPEC_RING_H

#include "types.h"

#define RING_SIZE	16

struct avail_ring {
	u16 flags;
	u16 idx;
	u16 ring[RING_SIZE];
};

struct queue;

/* 0, or -EFAULT; all of them. */
int queue_set_ring(struct queue *q, const struct avail_ring __user *avail);
int queue_read_idx(struct queue *q, u16 *idx);
int queue_read_flags(struct queue *q, u16 *flags);
int queue_read_heads(struct queue *q, u16 heads[], unsigned int n);

#endif
