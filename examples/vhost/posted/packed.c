// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * packed.c - taking descriptors out of a packed ring, many at a time.
 *
 * Without an iotlb each value is an access of its own.  With one the region is
 * opened for the whole batch, and the translation is in it.
 */
#include "vhost.h"

#include "uaccess.h"

static int packed_batch_direct(struct vhost_virtqueue *vq, vring_packed_desc_t adesc[],
			       const vring_packed_desc_t __user *desc, unsigned int n, bool wrap)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		__virtio16 flags;

		if (__get_user(flags, &desc[i].flags))
			return -EFAULT;
		/* The rest is read after the flags that say it is there. */
		smp_rmb();
		if (!vring_packed_desc_is_avail(vhost16_to_cpu(vq, flags), wrap))
			break;
		if (__copy_from_user(&adesc[i], desc + i, sizeof(adesc[i])))
			return -EFAULT;
	}
	return (int)i;
}

static int packed_batch_translated(struct vhost_virtqueue *vq, vring_packed_desc_t adesc[],
				   const vring_packed_desc_t __user *desc, unsigned int n,
				   bool wrap)
{
	unsigned int i;
	int ret;

	user_access_begin_after_access_ok();
	for (i = 0; i < n; i++) {
		const vring_packed_desc_t __user *at;
		__virtio16 flags;

		ret = translate_desc(vq, (uintptr_t)(desc + i), sizeof(*desc), vq->iotlb_iov,
				     ARRAY_SIZE(vq->iotlb_iov), VHOST_ACCESS_RO);
		if (ret < 0)
			goto out;
		ret = -EFAULT;
		at = vq->iotlb_iov[0].iov_base;
		unsafe_get_user(flags, &at->flags, out);
		smp_rmb();
		if (!vring_packed_desc_is_avail(vhost16_to_cpu(vq, flags), wrap))
			break;
		unsafe_copy_from_user(&adesc[i], at, sizeof(adesc[i]), out);
	}
	ret = (int)i;
out:
	user_access_end();
	return ret;
}

int vhost_get_packed_batch(struct vhost_virtqueue *vq, vring_packed_desc_t adesc[])
{
	bool wrap = vq->last_avail_idx & (1u << VRING_PACKED_EVENT_F_WRAP_CTR);
	unsigned int first = vq->last_avail_idx & ~(1u << VRING_PACKED_EVENT_F_WRAP_CTR);
	const vring_packed_desc_t __user *desc;
	unsigned int n;
	int ret;

	if (unlikely(first >= vq->num))
		return -EINVAL;
	n = min_t(unsigned int, VHOST_PACKED_BATCH, vq->num - first);
	desc = (const vring_packed_desc_t __user *)(const void __user *)vq->desc + first;
	if (vq->iotlb)
		ret = packed_batch_translated(vq, adesc, desc, n, wrap);
	else
		ret = packed_batch_direct(vq, adesc, desc, n, wrap);
	if (ret > 0)
		vq->last_avail_idx = vring_packed_advance(vq->last_avail_idx, (unsigned int)ret,
							  vq->num);
	return ret;
}
