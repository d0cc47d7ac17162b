/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* vhost_iotlb.h - ranges of the guest's addresses and where user memory holds them. */
#ifndef EXAMPLES_VHOST_IOTLB_H
#define EXAMPLES_VHOST_IOTLB_H

#include "list.h"

#define VHOST_ACCESS_RO	0x1
#define VHOST_ACCESS_WO	0x2
#define VHOST_ACCESS_RW	0x3

struct vhost_iotlb_map {
	struct list_head link;
	u64 start, last;	/* guest addresses, both included */
	u64 addr;		/* user address of start */
	u32 perm;
};

struct vhost_iotlb {
	struct list_head list;
};

struct vhost_iotlb *vhost_iotlb_alloc(void);
void vhost_iotlb_free(struct vhost_iotlb *iotlb);
int vhost_iotlb_add_range(struct vhost_iotlb *iotlb, u64 start, u64 last, u64 addr, u32 perm);
void vhost_iotlb_del_range(struct vhost_iotlb *iotlb, u64 start, u64 last);

/* The lowest range that shares an address with start..last. */
const struct vhost_iotlb_map *vhost_iotlb_itree_first(const struct vhost_iotlb *iotlb, u64 start,
						      u64 last);

#endif
