/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* vhost_iotlb.h - ranges of the guest's addresses and where user memory holds them. */
#ifndef EXAMPLES_VHOST_IOTLB_H
#define EXAMPLES_VHOST_IOTLB_H

#include "list.h"
#include "slab.h"

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

static inline struct vhost_iotlb *vhost_iotlb_alloc(void)
{
	struct vhost_iotlb *iotlb = kmalloc(sizeof(*iotlb), GFP_KERNEL);

	if (iotlb)
		INIT_LIST_HEAD(&iotlb->list);
	return iotlb;
}

static inline void vhost_iotlb_del_range(struct vhost_iotlb *iotlb, u64 start, u64 last)
{
	struct vhost_iotlb_map *map, *next;

	list_for_each_entry_safe(map, next, &iotlb->list, link) {
		if (map->last < start || map->start > last)
			continue;
		list_del(&map->link);
		kfree(map);
	}
}

static inline void vhost_iotlb_free(struct vhost_iotlb *iotlb)
{
	if (!iotlb)
		return;
	vhost_iotlb_del_range(iotlb, 0, UINT64_MAX);
	kfree(iotlb);
}

static inline int vhost_iotlb_add_range(struct vhost_iotlb *iotlb, u64 start, u64 last, u64 addr,
					u32 perm)
{
	struct vhost_iotlb_map *map;

	if (last < start)
		return -EFAULT;
	map = kmalloc(sizeof(*map), GFP_ATOMIC);
	if (!map)
		return -ENOMEM;
	map->start = start;
	map->last = last;
	map->addr = addr;
	map->perm = perm;
	list_add_tail(&map->link, &iotlb->list);
	return 0;
}

/* The lowest range that shares an address with start..last. */
static inline const struct vhost_iotlb_map *
vhost_iotlb_itree_first(const struct vhost_iotlb *iotlb, u64 start, u64 last)
{
	const struct vhost_iotlb_map *map, *first = NULL;

	list_for_each_entry(map, &iotlb->list, link) {
		if (map->last < start || map->start > last)
			continue;
		if (!first || map->start < first->start)
			first = map;
	}
	return first;
}

#endif
