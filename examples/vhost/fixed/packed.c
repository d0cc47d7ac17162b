// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * packed.c - taking descriptors out of a packed ring, many at a time.
 *
 * First find the batch in user memory, and check it; then open the region,
 * once, and read.
 */
#include "vhost.h"

#include "uaccess.h"

/* How many of the n descriptors from first on lie in one piece, and where, checked; or an error. */
static int packed_locate(struct vhost_virtqueue *vq, unsigned int first, unsigned int n,
			 const vring_packed_desc_t __user **where)
{
	const vring_packed_desc_t __user *desc =
		(const vring_packed_desc_t __user *)(const void __user *)vq->desc + first;

	if (vq->iotlb) {
		int ret = translate_desc(vq, (uintptr_t)desc, n * (u32)sizeof(*desc),
					 vq->iotlb_iov, ARRAY_SIZE(vq->iotlb_iov),
					 VHOST_ACCESS_RO);

		if (ret < 0)
			return ret;
		desc = vq->iotlb_iov[0].iov_base;
		n = (unsigned int)(vq->iotlb_iov[0].iov_len / sizeof(*desc));
	}
	if (!n || !access_ok(desc, n * sizeof(*desc)))
		return -EFAULT;
	barrier_nospec();
	*where = desc;
	return (int)n;
}

int __uaccess vhost_get_packed_batch(struct vhost_virtqueue *vq, vring_packed_desc_t adesc[])
{
	bool wrap = vq->last_avail_idx & (1u << VRING_PACKED_EVENT_F_WRAP_CTR);
	unsigned int first = vq->last_avail_idx & ~(1u << VRING_PACKED_EVENT_F_WRAP_CTR);
	const vring_packed_desc_t __user *desc;
	int i, n;

	if (unlikely(first >= vq->num))
		return -EINVAL;
	n = packed_locate(vq, first, min_t(unsigned int, VHOST_PACKED_BATCH, vq->num - first),
			  &desc);
	if (n < 0)
		return n;

	user_access_begin_after_access_ok();
	for (i = 0; i < n; i++) {
		__virtio16 flags;

		unsafe_get_user(flags, &desc[i].flags, fault);
		/* The rest is read after the flags that say it is there. */
		smp_rmb();
		if (!vring_packed_desc_is_avail(vhost16_to_cpu(vq, flags), wrap))
			break;
		unsafe_copy_from_user(&adesc[i], desc + i, sizeof(adesc[i]), fault);
		/* The guest may have changed its mind: what was looked at is what counts. */
		adesc[i].flags = flags;
	}
	user_access_end();

	vq->last_avail_idx = vring_packed_advance(vq->last_avail_idx, (unsigned int)i, vq->num);
	return i;

fault:
	user_access_end();
	return -EFAULT;
}
