/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * vmeta.h - a device that reaches the ring's metadata through the kernel.
 *
 * The avail and the used part of a split ring are user memory.  The device
 * keeps a kernel mapping of their pages, so that an access is a plain load or
 * store, and an MMU notifier tells it when the user's mapping goes away.
 */
#ifndef EXAMPLES_VMETA_H
#define EXAMPLES_VMETA_H

#include "../../vhost/include/virtio_ring.h"
#include "kernel.h"
#include "list.h"
#include "page.h"
#include "slab.h"
#include "work.h"

enum vmeta_part {
	VMETA_AVAIL,
	VMETA_USED,
	VMETA_NUM_PARTS,
};

/* One part of the ring in the kernel's memory. */
struct vmeta_map {
	unsigned long start, size;	/* in user memory, bytes */
	bool write;
	void *kaddr;			/* of the first page */
	unsigned int npages;
	struct page **pages;
	struct list_head gone;		/* no longer in use, to be freed */
};

static inline bool vmeta_map_overlaps(const struct vmeta_map *map, unsigned long start,
				      unsigned long end)
{
	return map->start < end && start < map->start + map->size;
}

/* Where the kernel has the byte that user memory has at addr. */
static inline void *vmeta_map_addr(const struct vmeta_map *map, unsigned long addr)
{
	return (char *)map->kaddr + (addr - (map->start & ~(PAGE_SIZE - 1)));
}

/* Unmap, and give the pages back.  May sleep. */
static inline void vmeta_map_free(struct vmeta_map *map)
{
	unsigned int i;

	if (map->kaddr)
		vunmap(map->kaddr);
	for (i = 0; i < map->npages; i++)
		put_page(map->pages[i]);
	kfree(map->pages);
	kfree(map);
}

/* Fault the pages in and map them.  May sleep; NULL if it cannot be done. */
static inline struct vmeta_map *vmeta_map_create(unsigned long start, unsigned long size,
						 bool write)
{
	struct vmeta_map *map = kzalloc(sizeof(*map), GFP_KERNEL);
	unsigned long first = start & ~(PAGE_SIZE - 1);
	unsigned int n = (unsigned int)((start + size - first + PAGE_SIZE - 1) / PAGE_SIZE);
	int pinned;

	if (!map)
		return NULL;
	map->start = start;
	map->size = size;
	map->write = write;
	map->pages = kmalloc_array(n, sizeof(*map->pages), GFP_KERNEL);
	if (!map->pages)
		goto err;
	pinned = get_user_pages_fast(first, (int)n, write ? FOLL_WRITE : 0, map->pages);
	if (pinned > 0)
		map->npages = (unsigned int)pinned;
	if (map->npages != n)
		goto err;
	map->kaddr = vmap(map->pages, n, VM_MAP, PAGE_KERNEL);
	if (!map->kaddr)
		goto err;
	return map;

err:
	vmeta_map_free(map);
	return NULL;
}

struct vmeta_dev;

/* A device in the memory of the caller; num is a power of two. */
struct vmeta_dev *vmeta_create(unsigned int num, vring_avail_t __user *avail,
			       vring_used_t __user *used);
void vmeta_destroy(struct vmeta_dev *dev);

/* Give every buffer that the guest has added back, unused: how many, or an error. */
int vmeta_serve(struct vmeta_dev *dev);

#endif
