// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * vmeta.c - the ring through the kernel, with one lock for everything: the
 * ring's mutex, which the notifier takes, too.
 */
#include "../include/vmeta.h"

#include "barrier.h"
#include "lock.h"
#include "mmu_notifier.h"

struct vmeta_dev {
	struct mmu_notifier mn;
	struct mutex mutex;	/* of all below */
	unsigned int num;
	vring_avail_t __user *avail;
	vring_used_t __user *used;
	struct vmeta_map *maps[VMETA_NUM_PARTS];
	u16 last_avail_idx, last_used_idx;
};

static void vmeta_map_dirty(struct vmeta_map *map)
{
	unsigned int i;

	for (i = 0; i < map->npages; i++)
		set_page_dirty_lock(map->pages[i]);
}

/* The user's pages are gone, so is our view of them. */
static void vmeta_invalidate_range(struct mmu_notifier *mn, struct mm_struct *mm __maybe_unused,
				   unsigned long start, unsigned long end)
{
	struct vmeta_dev *dev = container_of(mn, struct vmeta_dev, mn);
	unsigned int i;

	mutex_lock(&dev->mutex);
	for (i = 0; i < VMETA_NUM_PARTS; i++) {
		struct vmeta_map *map = dev->maps[i];

		if (!map || !vmeta_map_overlaps(map, start, end))
			continue;
		dev->maps[i] = NULL;
		if (map->write)
			vmeta_map_dirty(map);
		vmeta_map_free(map);
	}
	mutex_unlock(&dev->mutex);
}

/* They are about to go: let whoever is in the ring come out of it. */
static int vmeta_invalidate_range_start(struct mmu_notifier *mn,
					const struct mmu_notifier_range *range __maybe_unused)
{
	struct vmeta_dev *dev = container_of(mn, struct vmeta_dev, mn);

	mutex_lock(&dev->mutex);
	mutex_unlock(&dev->mutex);
	return 0;
}

/* The memory ends with its process; nothing else is running in it. */
static void vmeta_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	vmeta_invalidate_range(mn, mm, 0, ULONG_MAX);
}

static const struct mmu_notifier_ops vmeta_mmu_notifier_ops = {
	.release = vmeta_release,
	.invalidate_range_start = vmeta_invalidate_range_start,
	.invalidate_range = vmeta_invalidate_range,
};

struct vmeta_dev *vmeta_create(unsigned int num, vring_avail_t __user *avail,
			       vring_used_t __user *used)
{
	struct vmeta_dev *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return NULL;
	mutex_init(&dev->mutex);
	dev->num = num;
	dev->avail = avail;
	dev->used = used;
	dev->mn.ops = &vmeta_mmu_notifier_ops;
	if (mmu_notifier_register(&dev->mn, current->mm)) {
		kfree(dev);
		return NULL;
	}
	return dev;
}

void vmeta_destroy(struct vmeta_dev *dev)
{
	mmu_notifier_unregister(&dev->mn, dev->mn.mm);
	kfree(dev);
}

static struct vmeta_map *vmeta_map_part(struct vmeta_dev *dev, enum vmeta_part part)
{
	if (part == VMETA_AVAIL)
		return vmeta_map_create((unsigned long)dev->avail,
					sizeof(*dev->avail) + dev->num * sizeof(__virtio16), false);
	return vmeta_map_create((unsigned long)dev->used,
				sizeof(*dev->used) + dev->num * sizeof(vring_used_elem_t), true);
}

/* Bring in what is missing. */
static int vmeta_prefetch(struct vmeta_dev *dev)
{
	unsigned int i;

	for (i = 0; i < VMETA_NUM_PARTS; i++) {
		if (!dev->maps[i])
			dev->maps[i] = vmeta_map_part(dev, i);
		if (!dev->maps[i])
			return -EFAULT;
	}
	return 0;
}

static u16 vmeta_read16(struct vmeta_dev *dev, const __virtio16 __user *ptr)
{
	u16 *kptr = vmeta_map_addr(dev->maps[VMETA_AVAIL], (unsigned long)ptr);

	return READ_ONCE(*kptr);
}

/* The page's owner is told of every write, the way it is always told. */
static void vmeta_write(struct vmeta_dev *dev, void __user *ptr, const void *from, size_t size)
{
	struct vmeta_map *map = dev->maps[VMETA_USED];
	size_t offset = (unsigned long)ptr - (map->start & ~(PAGE_SIZE - 1));
	struct page *page = map->pages[offset / PAGE_SIZE];

	lock_page(page);
	memcpy((char *)map->kaddr + offset, from, size);
	set_page_dirty(page);
	unlock_page(page);
}

int vmeta_serve(struct vmeta_dev *dev)
{
	u16 avail_idx;
	int served;

	mutex_lock(&dev->mutex);
	served = vmeta_prefetch(dev);
	if (served)
		goto out;

	avail_idx = vmeta_read16(dev, &dev->avail->idx);
	served = -EINVAL;
	if ((u16)(avail_idx - dev->last_avail_idx) > dev->num)
		goto out;
	/* The heads are read after the index that says they are there. */
	smp_rmb();
	for (served = 0; dev->last_avail_idx != avail_idx; served++) {
		unsigned int from = dev->last_avail_idx++ & (dev->num - 1);
		unsigned int to = dev->last_used_idx++ & (dev->num - 1);
		vring_used_elem_t elem = { .id = vmeta_read16(dev, &dev->avail->ring[from]) };

		vmeta_write(dev, &dev->used->ring[to], &elem, sizeof(elem));
	}
	/* The guest may see the index only after the elements. */
	smp_wmb();
	vmeta_write(dev, &dev->used->idx, &dev->last_used_idx, sizeof(dev->last_used_idx));
out:
	mutex_unlock(&dev->mutex);
	return served;
}
