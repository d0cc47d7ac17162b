/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* packed_ring.h - the packed ring: one array of descriptors that both sides write. */
#ifndef EXAMPLES_VHOST_PACKED_RING_H
#define EXAMPLES_VHOST_PACKED_RING_H

#include "types.h"

/* Numbers of two bits of the flags, and of one in the position that each side keeps. */
#define VRING_PACKED_DESC_F_AVAIL	7
#define VRING_PACKED_DESC_F_USED	15
#define VRING_PACKED_EVENT_F_WRAP_CTR	15

typedef struct vring_packed_desc {
	__virtio64 addr;
	__virtio32 len;
	__virtio16 id;
	__virtio16 flags;	/* written last: they say that the rest is there */
} __attribute__((__aligned__(16))) vring_packed_desc_t;

/* wrap: the value that the guest gives the available bit in this round of the ring. */
static inline bool vring_packed_desc_is_avail(u16 flags, bool wrap)
{
	bool avail = flags & (1u << VRING_PACKED_DESC_F_AVAIL);
	bool used = flags & (1u << VRING_PACKED_DESC_F_USED);

	return avail == wrap && used != wrap;
}

/* The position n descriptors on, which must not be past the end of the ring. */
static inline u16 vring_packed_advance(u16 position, unsigned int n, unsigned int num)
{
	u16 wrap_bit = (u16)(1u << VRING_PACKED_EVENT_F_WRAP_CTR);
	unsigned int index = (position & (u16)~wrap_bit) + n;

	if (index == num)
		return (u16)(~position & wrap_bit);
	return (u16)((position & wrap_bit) | index);
}

#endif
