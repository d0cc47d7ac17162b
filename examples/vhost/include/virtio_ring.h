/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* virtio_ring.h - the split ring that a guest and its host share, and its byte order. */
#ifndef EXAMPLES_VIRTIO_RING_H
#define EXAMPLES_VIRTIO_RING_H

#include "types.h"

/* Bits of the negotiated features. */
#define VIRTIO_F_NOTIFY_ON_EMPTY	24
#define VIRTIO_RING_F_EVENT_IDX		29
#define VIRTIO_F_VERSION_1		32
#define VIRTIO_F_ACCESS_PLATFORM	33
#define VIRTIO_NET_F_MRG_RXBUF		15

#define VRING_DESC_F_NEXT		1
#define VRING_DESC_F_WRITE		2
#define VRING_USED_F_NO_NOTIFY		1
#define VRING_AVAIL_F_NO_INTERRUPT	1

typedef struct vring_desc {
	__virtio64 addr;
	__virtio32 len;
	__virtio16 flags;
	__virtio16 next;
} __attribute__((__aligned__(16))) vring_desc_t;

typedef struct vring_avail {
	__virtio16 flags;
	__virtio16 idx;
	__virtio16 ring[];	/* num heads, then the used event */
} vring_avail_t;

typedef struct vring_used_elem {
	__virtio32 id;
	__virtio32 len;
} vring_used_elem_t;

typedef struct vring_used {
	__virtio16 flags;
	__virtio16 idx;
	vring_used_elem_t ring[];	/* num elements, then the avail event */
} vring_used_t;

/* Did the index pass the one that the other side asked to be told about? */
static inline bool vring_need_event(u16 event, u16 now, u16 before)
{
	return (u16)(now - event - 1) < (u16)(now - before);
}

static inline bool host_is_little_endian(void)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
}

static inline u16 swap16_unless(bool same, u16 val)
{
	return same ? val : __builtin_bswap16(val);
}

static inline u32 swap32_unless(bool same, u32 val)
{
	return same ? val : __builtin_bswap32(val);
}

static inline u64 swap64_unless(bool same, u64 val)
{
	return same ? val : __builtin_bswap64(val);
}

#endif
