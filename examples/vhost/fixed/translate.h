/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* translate.h - from the guest's addresses to user memory.  A definition, as in vhost_ring.h. */
#ifndef EXAMPLES_VHOST_TRANSLATE_H
#define EXAMPLES_VHOST_TRANSLATE_H

#include "vhost.h"

/*
 * The pieces of user memory that hold the range: how many, or an error.  The
 * owner is asked for what is missing, and that may sleep.
 */
static int translate_desc(struct vhost_virtqueue *vq, u64 addr, u32 len, struct iovec iov[],
			  unsigned int iov_size, int access)
{
	struct vhost_dev *dev = vq->dev;
	const struct vhost_iotlb *umem = dev->iotlb ? dev->iotlb : dev->umem;
	unsigned int count = 0;

	while (len) {
		const struct vhost_iotlb_map *map;
		u64 size;

		if (unlikely(count >= iov_size))
			return -ENOBUFS;

		map = vhost_iotlb_itree_first(umem, addr, addr + len - 1);
		if (!map || map->start > addr) {
			if (umem != dev->iotlb)
				return -EFAULT;
			vhost_iotlb_miss(vq, addr, access);
			return -EAGAIN;
		}
		if (!(map->perm & (u32)access))
			return -EPERM;

		size = min_t(u64, map->last - addr + 1, len);
		iov[count].iov_base = (void __user *)(unsigned long)(map->addr + addr - map->start);
		iov[count].iov_len = size;
		addr += size;
		len -= (u32)size;
		count++;
	}
	return (int)count;
}

#endif
