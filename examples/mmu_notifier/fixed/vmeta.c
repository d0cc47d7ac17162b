// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * vmeta.c - the ring through the kernel, with two locks.
 *
 * The ring's mutex is held by whoever serves the ring.  It is never held while
 * memory is brought in, since the notifier may wait for it with the lock of
 * the address space held.  The spinlock covers each access, and is all that
 * the notifier needs to take the view of the pages away.
 */
#include "../include/vmeta.h"

#include "barrier.h"
#include "lock.h"
#include "mmu_notifier.h"

struct vmeta_dev {
	struct mmu_notifier mn;
	unsigned int num;
	vring_avail_t __user *avail;
	vring_used_t __user *used;

	struct mutex mutex;		/* of the positions */
	u16 last_avail_idx, last_used_idx;

	spinlock_t map_lock;		/* of the maps and of every access through them */
	struct vmeta_map *maps[VMETA_NUM_PARTS];
	unsigned long invalidations;	/* a map that was begun before the last one is stale */
	struct list_head gone;		/* maps that free_work frees */
	struct work_struct free_work;
};

/*
 * With map_lock held, from a notifier.  The page lock is not needed, nor could
 * it be had: what we could write to, the user still has mapped for writing.
 */
static void vmeta_detach(struct vmeta_dev *dev, unsigned long start, unsigned long end,
			 struct list_head *gone)
{
	unsigned int i, page;

	dev->invalidations++;
	for (i = 0; i < VMETA_NUM_PARTS; i++) {
		struct vmeta_map *map = dev->maps[i];

		if (!map || !vmeta_map_overlaps(map, start, end))
			continue;
		dev->maps[i] = NULL;
		for (page = 0; map->write && page < map->npages; page++)
			set_page_dirty(map->pages[page]);
		list_add_tail(&map->gone, gone);
	}
}

static void vmeta_free_all(struct list_head *gone)
{
	struct vmeta_map *map, *next;

	list_for_each_entry_safe(map, next, gone, gone) {
		list_del(&map->gone);
		vmeta_map_free(map);
	}
}

/* Unmapping sleeps, which a notifier may not always: it is done here. */
static void vmeta_free_work(struct work_struct *work)
{
	struct vmeta_dev *dev = container_of(work, struct vmeta_dev, free_work);

	for (;;) {
		struct vmeta_map *map = NULL;

		spin_lock(&dev->map_lock);
		if (!list_empty(&dev->gone)) {
			map = list_first_entry(&dev->gone, struct vmeta_map, gone);
			list_del(&map->gone);
		}
		spin_unlock(&dev->map_lock);
		if (!map)
			return;
		vmeta_map_free(map);
	}
}

/* The user's pages are gone, so is our view of them. */
static void vmeta_invalidate_range(struct mmu_notifier *mn, struct mm_struct *mm __maybe_unused,
				   unsigned long start, unsigned long end)
{
	struct vmeta_dev *dev = container_of(mn, struct vmeta_dev, mn);
	bool idle;

	spin_lock(&dev->map_lock);
	vmeta_detach(dev, start, end, &dev->gone);
	idle = list_empty(&dev->gone);
	spin_unlock(&dev->map_lock);
	if (!idle)
		schedule_work(&dev->free_work);
}

/*
 * They are about to go.  Let whoever is in the ring come out of it, and give
 * the pages back at once: as long as we hold them, nobody can move them.
 */
static int vmeta_invalidate_range_start(struct mmu_notifier *mn,
					const struct mmu_notifier_range *range)
{
	struct vmeta_dev *dev = container_of(mn, struct vmeta_dev, mn);
	struct list_head gone = LIST_HEAD_INIT(gone);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&dev->mutex);
	else if (!mutex_trylock(&dev->mutex))
		return -EAGAIN;

	if (!mmu_notifier_range_blockable(range)) {
		vmeta_invalidate_range(mn, range->mm, range->start, range->end);
	} else {
		spin_lock(&dev->map_lock);
		vmeta_detach(dev, range->start, range->end, &gone);
		spin_unlock(&dev->map_lock);
		vmeta_free_all(&gone);
	}
	mutex_unlock(&dev->mutex);
	return 0;
}

/* The memory ends with its process; nothing else is running in it. */
static void vmeta_release(struct mmu_notifier *mn, struct mm_struct *mm)
{
	vmeta_invalidate_range(mn, mm, 0, ULONG_MAX);
	flush_scheduled_work();
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
	spin_lock_init(&dev->map_lock);
	INIT_LIST_HEAD(&dev->gone);
	INIT_WORK(&dev->free_work, vmeta_free_work);
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

/* Bring in one part, if it is missing.  What was invalidated meanwhile is no use. */
static int vmeta_prefetch(struct vmeta_dev *dev, enum vmeta_part part)
{
	unsigned long invalidations;
	struct vmeta_map *map;
	bool missing;

	spin_lock(&dev->map_lock);
	missing = !dev->maps[part];
	invalidations = dev->invalidations;
	spin_unlock(&dev->map_lock);
	if (!missing)
		return 0;

	map = vmeta_map_part(dev, part);
	if (!map)
		return -EFAULT;
	spin_lock(&dev->map_lock);
	if (!dev->maps[part] && invalidations == dev->invalidations)
		swap(dev->maps[part], map);
	spin_unlock(&dev->map_lock);
	if (map)
		vmeta_map_free(map);
	return 0;
}

/* The two accesses: -EAGAIN if the part is not mapped. */
static int vmeta_read16(struct vmeta_dev *dev, u16 *val, const __virtio16 __user *ptr)
{
	struct vmeta_map *map;

	spin_lock(&dev->map_lock);
	map = dev->maps[VMETA_AVAIL];
	if (map)
		*val = READ_ONCE(*(u16 *)vmeta_map_addr(map, (unsigned long)ptr));
	spin_unlock(&dev->map_lock);
	return map ? 0 : -EAGAIN;
}

static int vmeta_write(struct vmeta_dev *dev, void __user *ptr, const void *from, size_t size)
{
	struct vmeta_map *map;

	spin_lock(&dev->map_lock);
	map = dev->maps[VMETA_USED];
	if (map)
		memcpy(vmeta_map_addr(map, (unsigned long)ptr), from, size);
	spin_unlock(&dev->map_lock);
	return map ? 0 : -EAGAIN;
}

/* One buffer from the avail to the used part. */
static int vmeta_serve_one(struct vmeta_dev *dev)
{
	unsigned int from = dev->last_avail_idx & (dev->num - 1);
	unsigned int to = dev->last_used_idx & (dev->num - 1);
	vring_used_elem_t elem = { .len = 0 };
	u16 head;

	if (vmeta_read16(dev, &head, &dev->avail->ring[from]))
		return -EAGAIN;
	elem.id = head;
	if (vmeta_write(dev, &dev->used->ring[to], &elem, sizeof(elem)))
		return -EAGAIN;
	dev->last_avail_idx++;
	dev->last_used_idx++;
	return 0;
}

/* With the mutex held: all there is, or -EAGAIN where a part has gone. */
static int vmeta_serve_ring(struct vmeta_dev *dev, int *served)
{
	u16 avail_idx;

	if (vmeta_read16(dev, &avail_idx, &dev->avail->idx))
		return -EAGAIN;
	if ((u16)(avail_idx - dev->last_avail_idx) > dev->num)
		return -EINVAL;
	/* The heads are read after the index that says they are there. */
	smp_rmb();
	for (; dev->last_avail_idx != avail_idx; ++*served)
		if (vmeta_serve_one(dev))
			return -EAGAIN;
	/* The guest may see the index only after the elements. */
	smp_wmb();
	return vmeta_write(dev, &dev->used->idx, &dev->last_used_idx, sizeof(dev->last_used_idx));
}

int vmeta_serve(struct vmeta_dev *dev)
{
	int served = 0;
	int err;

	do {
		if (signal_pending(current))
			return -EINTR;
		err = vmeta_prefetch(dev, VMETA_AVAIL);
		if (!err)
			err = vmeta_prefetch(dev, VMETA_USED);
		if (err)
			return err;
		mutex_lock(&dev->mutex);
		err = vmeta_serve_ring(dev, &served);
		mutex_unlock(&dev->mutex);
	} while (err == -EAGAIN);
	return err ? err : served;
}
