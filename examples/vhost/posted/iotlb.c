// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* iotlb.c - the ranges of guest addresses that a device knows.  Its callers lock. */
#include "../include/vhost_iotlb.h"

#include "slab.h"

struct vhost_iotlb *vhost_iotlb_alloc(void)
{
	struct vhost_iotlb *iotlb = kmalloc(sizeof(*iotlb), GFP_KERNEL);

	if (iotlb)
		INIT_LIST_HEAD(&iotlb->list);
	return iotlb;
}

void vhost_iotlb_free(struct vhost_iotlb *iotlb)
{
	if (!iotlb)
		return;
	vhost_iotlb_del_range(iotlb, 0, UINT64_MAX);
	kfree(iotlb);
}

int vhost_iotlb_add_range(struct vhost_iotlb *iotlb, u64 start, u64 last, u64 addr, u32 perm)
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

void vhost_iotlb_del_range(struct vhost_iotlb *iotlb, u64 start, u64 last)
{
	struct vhost_iotlb_map *map, *next;

	list_for_each_entry_safe(map, next, &iotlb->list, link) {
		if (map->last < start || map->start > last)
			continue;
		list_del(&map->link);
		kfree(map);
	}
}

const struct vhost_iotlb_map *vhost_iotlb_itree_first(const struct vhost_iotlb *iotlb, u64 start,
						      u64 last)
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
