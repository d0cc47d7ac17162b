/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * vhost_ring.h - reading and writing a ring in user memory.
 *
 * These are definitions: vhost_net.c includes them, so that every function
 * from a handler down to the access is in one translation unit.
 */
#ifndef EXAMPLES_VHOST_RING_H
#define EXAMPLES_VHOST_RING_H

#include "translate.h"
#include "uaccess.h"

/* Each side leaves the index it wants to hear of behind the other side's ring. */
#define vhost_used_event(vq)	((__virtio16 __user *)&(vq)->avail->ring[(vq)->num])
#define vhost_avail_event(vq) \
	((__virtio16 __user *)(void __user *)((vq)->used->ring + (vq)->num))

/* The translation kept for one part of the ring; NULL when it has been reset. */
static inline void __user *vhost_vq_meta_fetch(struct vhost_virtqueue *vq, u64 addr,
					       enum vhost_uaddr_type type)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[type];

	if (!map)
		return NULL;
	return (void __user *)(unsigned long)(map->addr + addr - map->start);
}

/*
 * The four accessors.  Without an iotlb the ring's addresses are the owner's
 * and were checked when the ring was set up; with one they are the guest's.
 */
static int __uaccess vhost_copy_to_user(struct vhost_virtqueue *vq, void __user *to,
					const void *from, unsigned int size)
{
	void __user *uaddr;
	int ret;

	if (!vq->iotlb)
		return (int)__copy_to_user(to, from, size);

	uaddr = vhost_vq_meta_fetch(vq, (uintptr_t)to, VHOST_ADDR_USED);
	if (uaddr)
		return (int)__copy_to_user(uaddr, from, size);

	ret = translate_desc(vq, (uintptr_t)to, size, vq->iotlb_iov, ARRAY_SIZE(vq->iotlb_iov),
			     VHOST_ACCESS_WO);
	if (ret < 0)
		return ret;
	return (int)(size - copy_to_iov(from, size, vq->iotlb_iov, (unsigned int)ret, 0));
}

static int __uaccess vhost_copy_from_user(struct vhost_virtqueue *vq, void *to, void __user *from,
					  unsigned int size)
{
	void __user *uaddr;
	int ret;

	if (!vq->iotlb)
		return (int)__copy_from_user(to, from, size);

	uaddr = vhost_vq_meta_fetch(vq, (uintptr_t)from, VHOST_ADDR_DESC);
	if (uaddr)
		return (int)__copy_from_user(to, uaddr, size);

	ret = translate_desc(vq, (uintptr_t)from, size, vq->iotlb_iov, ARRAY_SIZE(vq->iotlb_iov),
			     VHOST_ACCESS_RO);
	if (ret < 0) {
		vq_err(vq, "no translation of %p, %u bytes\n", (__force void *)from, size);
		return ret;
	}
	return (int)(size - copy_from_iov(to, size, vq->iotlb_iov, (unsigned int)ret, 0));
}

static void __user *__vhost_get_user_slow(struct vhost_virtqueue *vq, void __user *addr,
					  unsigned int size)
{
	int ret = translate_desc(vq, (uintptr_t)addr, size, vq->iotlb_iov,
				 ARRAY_SIZE(vq->iotlb_iov), VHOST_ACCESS_RO);

	if (ret < 0) {
		vq_err(vq, "no translation of %p, %u bytes\n", (__force void *)addr, size);
		return NULL;
	}
	if (ret != 1) {
		/* A value in two places cannot be read at once. */
		vq_err(vq, "%p is in %d pieces\n", (__force void *)addr, ret);
		return NULL;
	}
	return vq->iotlb_iov[0].iov_base;
}

/* Where to read or write a value: no access yet. */
static inline void __user *__vhost_get_user(struct vhost_virtqueue *vq, void __user *addr,
					    unsigned int size, enum vhost_uaddr_type type)
{
	void __user *uaddr = vhost_vq_meta_fetch(vq, (uintptr_t)addr, type);

	return uaddr ? uaddr : __vhost_get_user_slow(vq, addr, size);
}

#define vhost_put_user(vq, x, ptr)						\
({										\
	__typeof__(ptr) __vq_to;						\
	int __vq_ret = -EFAULT;							\
										\
	if (!(vq)->iotlb) {							\
		__vq_ret = __put_user(x, ptr);					\
	} else {								\
		__vq_to = (__typeof__(ptr))__vhost_get_user(vq, ptr,		\
					sizeof(*(ptr)), VHOST_ADDR_USED);	\
		if (__vq_to)							\
			__vq_ret = __put_user(x, __vq_to);			\
	}									\
	__vq_ret;								\
})

#define vhost_get_user(vq, x, ptr, type)					\
({										\
	__typeof__(ptr) __vq_from;						\
	int __vq_ret = -EFAULT;							\
										\
	if (!(vq)->iotlb) {							\
		__vq_ret = __get_user(x, ptr);					\
	} else {								\
		__vq_from = (__typeof__(ptr))__vhost_get_user(vq, ptr,		\
					sizeof(*(ptr)), type);			\
		if (__vq_from)							\
			__vq_ret = __get_user(x, __vq_from);			\
	}									\
	__vq_ret;								\
})

#define vhost_get_avail(vq, x, ptr)	vhost_get_user(vq, x, ptr, VHOST_ADDR_AVAIL)
#define vhost_get_used(vq, x, ptr)	vhost_get_user(vq, x, ptr, VHOST_ADDR_USED)

/* One function for each part of the ring. */
static inline int vhost_put_avail_event(struct vhost_virtqueue *vq)
{
	return vhost_put_user(vq, cpu_to_vhost16(vq, vq->avail_idx), vhost_avail_event(vq));
}

static inline int vhost_put_used(struct vhost_virtqueue *vq, const struct vring_used_elem *head,
				 unsigned int idx, unsigned int count)
{
	return vhost_copy_to_user(vq, vq->used->ring + idx, head,
				  count * (unsigned int)sizeof(*head));
}

static inline int vhost_put_used_flags(struct vhost_virtqueue *vq)
{
	return vhost_put_user(vq, cpu_to_vhost16(vq, vq->used_flags), &vq->used->flags);
}

static inline int vhost_put_used_idx(struct vhost_virtqueue *vq)
{
	return vhost_put_user(vq, cpu_to_vhost16(vq, vq->last_used_idx), &vq->used->idx);
}

/* 1: the guest has added something; 0: it has not. */
static inline int vhost_get_avail_idx(struct vhost_virtqueue *vq)
{
	__virtio16 idx;
	u16 avail_idx;
	int r;

	r = vhost_get_avail(vq, idx, &vq->avail->idx);
	if (unlikely(r < 0)) {
		vq_err(vq, "cannot read the available index: %d\n", r);
		return r;
	}

	avail_idx = vhost16_to_cpu(vq, idx);
	if (unlikely((u16)(avail_idx - vq->last_avail_idx) > vq->num)) {
		vq_err(vq, "available index went from %u to %u\n", vq->last_avail_idx, avail_idx);
		return -EINVAL;
	}
	if (avail_idx == vq->avail_idx)
		return 0;

	vq->avail_idx = avail_idx;
	/* The entries are read after the index that says they are there. */
	smp_rmb();
	return 1;
}

static inline int vhost_get_avail_head(struct vhost_virtqueue *vq, __virtio16 *head,
				       unsigned int idx)
{
	return vhost_get_avail(vq, *head, &vq->avail->ring[idx & (vq->num - 1)]);
}

static inline int vhost_get_avail_flags(struct vhost_virtqueue *vq, __virtio16 *flags)
{
	return vhost_get_avail(vq, *flags, &vq->avail->flags);
}

static inline int vhost_get_used_event(struct vhost_virtqueue *vq, __virtio16 *event)
{
	return vhost_get_avail(vq, *event, vhost_used_event(vq));
}

static inline int vhost_get_used_idx(struct vhost_virtqueue *vq, __virtio16 *idx)
{
	return vhost_get_used(vq, *idx, &vq->used->idx);
}

static inline int vhost_get_desc(struct vhost_virtqueue *vq, struct vring_desc *desc,
				 unsigned int idx)
{
	return vhost_copy_from_user(vq, desc, vq->desc + idx, sizeof(*desc));
}

/* Is this part of the ring translated?  Keep the translation if one range holds it all. */
static bool iotlb_access_ok(struct vhost_virtqueue *vq, int access, u64 addr, u64 len,
			    enum vhost_uaddr_type type)
{
	u64 end = addr + len;
	u64 at = addr;

	if (vhost_vq_meta_fetch(vq, addr, type))
		return true;

	while (at < end) {
		const struct vhost_iotlb_map *map;

		map = vhost_iotlb_itree_first(vq->iotlb, at, end - 1);
		if (!map || map->start > at) {
			vhost_iotlb_miss(vq, at, access);
			return false;
		}
		if (!(map->perm & (u32)access))
			return false;
		if (at == addr && map->last >= end - 1)
			vq->meta_iotlb[type] = map;
		if (map->last >= end - 1)
			break;
		at = map->last + 1;
	}
	return true;
}

int vq_meta_prefetch(struct vhost_virtqueue *vq)
{
	if (!vq->iotlb)
		return 1;
	return iotlb_access_ok(vq, VHOST_ACCESS_RO, (uintptr_t)vq->desc,
			       vhost_get_desc_size(vq, vq->num), VHOST_ADDR_DESC) &&
	       iotlb_access_ok(vq, VHOST_ACCESS_RO, (uintptr_t)vq->avail,
			       vhost_get_avail_size(vq, vq->num), VHOST_ADDR_AVAIL) &&
	       iotlb_access_ok(vq, VHOST_ACCESS_WO, (uintptr_t)vq->used,
			       vhost_get_used_size(vq, vq->num), VHOST_ADDR_USED);
}

static int vhost_update_used_flags(struct vhost_virtqueue *vq)
{
	return vhost_put_used_flags(vq) ? -EFAULT : 0;
}

static int vhost_update_avail_event(struct vhost_virtqueue *vq)
{
	return vhost_put_avail_event(vq) ? -EFAULT : 0;
}

/* A backend has been set: start where the guest's ring says. */
int vhost_vq_init_access(struct vhost_virtqueue *vq)
{
	__virtio16 last_used_idx;
	int r;

	if (!vq->private_data)
		return 0;

	vq->is_le = vhost_has_feature(vq, VIRTIO_F_VERSION_1) || host_is_little_endian();

	r = vhost_update_used_flags(vq);
	if (r)
		return r;
	vq->signalled_used_valid = false;
	if (!vq->iotlb && !access_ok(&vq->used->idx, sizeof(vq->used->idx)))
		return -EFAULT;
	r = vhost_get_used_idx(vq, &last_used_idx);
	if (r) {
		vq_err(vq, "cannot read the used index: %d\n", r);
		return r;
	}
	vq->last_used_idx = vhost16_to_cpu(vq, last_used_idx);
	return 0;
}

/*
 * Take the next buffer: its pieces go to iov, those the guest filled first.
 * Returns its head, vq->num when there is none, or an error.
 */
int vhost_get_vq_desc(struct vhost_virtqueue *vq, struct iovec iov[], unsigned int iov_size,
		      unsigned int *out_num, unsigned int *in_num)
{
	unsigned int i, head, found = 0;
	struct vring_desc desc;
	__virtio16 ring_head;
	int ret;

	if (vq->avail_idx == vq->last_avail_idx) {
		ret = vhost_get_avail_idx(vq);
		if (unlikely(ret < 0))
			return ret;
		if (!ret)
			return (int)vq->num;
	}

	if (unlikely(vhost_get_avail_head(vq, &ring_head, vq->last_avail_idx))) {
		vq_err(vq, "cannot read head %u\n", vq->last_avail_idx);
		return -EFAULT;
	}
	head = vhost16_to_cpu(vq, ring_head);
	if (unlikely(head >= vq->num)) {
		vq_err(vq, "head %u of a ring of %u\n", head, vq->num);
		return -EINVAL;
	}

	*out_num = 0;
	*in_num = 0;
	i = head;
	do {
		unsigned int used = *out_num + *in_num;
		int access;

		if (unlikely(i >= vq->num || ++found > vq->num)) {
			vq_err(vq, "the chain of head %u leaves the ring or has no end\n", head);
			return -EINVAL;
		}
		if (unlikely(vhost_get_desc(vq, &desc, i))) {
			vq_err(vq, "cannot read descriptor %u\n", i);
			return -EFAULT;
		}
		desc.flags = vhost16_to_cpu(vq, desc.flags);
		access = desc.flags & VRING_DESC_F_WRITE ? VHOST_ACCESS_WO : VHOST_ACCESS_RO;
		ret = translate_desc(vq, vhost64_to_cpu(vq, desc.addr),
				     vhost32_to_cpu(vq, desc.len), iov + used, iov_size - used,
				     access);
		if (unlikely(ret < 0))
			return ret;

		if (access == VHOST_ACCESS_WO) {
			*in_num += (unsigned int)ret;
		} else if (unlikely(*in_num)) {
			vq_err(vq, "descriptor %u is out after in\n", i);
			return -EINVAL;
		} else {
			*out_num += (unsigned int)ret;
		}
		i = vhost16_to_cpu(vq, desc.next);
	} while (desc.flags & VRING_DESC_F_NEXT);

	vq->last_avail_idx++;
	return (int)head;
}

void vhost_discard_vq_desc(struct vhost_virtqueue *vq, unsigned int n)
{
	vq->last_avail_idx -= (u16)n;
}

static int __vhost_add_used_n(struct vhost_virtqueue *vq, struct vring_used_elem *heads,
			      unsigned int count)
{
	unsigned int start = vq->last_used_idx & (vq->num - 1);
	u16 old, now;

	if (vhost_put_used(vq, heads, start, count)) {
		vq_err(vq, "cannot write the used ring\n");
		return -EFAULT;
	}
	old = vq->last_used_idx;
	now = vq->last_used_idx = (u16)(old + count);
	/* Not signalled for so long that the index has come round: forget what was. */
	if (unlikely((u16)(now - vq->signalled_used) < (u16)(now - old)))
		vq->signalled_used_valid = false;
	return 0;
}

int vhost_add_used_n(struct vhost_virtqueue *vq, struct vring_used_elem *heads,
		     unsigned int count)
{
	unsigned int left = vq->num - (vq->last_used_idx & (vq->num - 1));
	int r;

	if (left < count) {
		r = __vhost_add_used_n(vq, heads, left);
		if (r < 0)
			return r;
		heads += left;
		count -= left;
	}
	r = __vhost_add_used_n(vq, heads, count);
	if (r < 0)
		return r;

	/* The guest may see the index only after the elements. */
	smp_wmb();
	if (vhost_put_used_idx(vq)) {
		vq_err(vq, "cannot write the used index\n");
		return -EFAULT;
	}
	return 0;
}

int vhost_add_used(struct vhost_virtqueue *vq, unsigned int head, unsigned int len)
{
	struct vring_used_elem elem = {
		.id = cpu_to_vhost32(vq, head),
		.len = cpu_to_vhost32(vq, len),
	};

	return vhost_add_used_n(vq, &elem, 1);
}

/* Does the guest want to be interrupted? */
static bool vhost_notify(struct vhost_dev *dev __maybe_unused, struct vhost_virtqueue *vq)
{
	__virtio16 event;
	u16 old, now;
	bool valid;

	/* The used index is out before the guest's wish is read. */
	smp_mb();

	if (vhost_has_feature(vq, VIRTIO_F_NOTIFY_ON_EMPTY) &&
	    unlikely(vq->avail_idx == vq->last_avail_idx))
		return true;

	if (!vhost_has_feature(vq, VIRTIO_RING_F_EVENT_IDX)) {
		__virtio16 flags;

		if (vhost_get_avail_flags(vq, &flags)) {
			vq_err(vq, "cannot read the flags\n");
			return true;
		}
		return !(flags & cpu_to_vhost16(vq, VRING_AVAIL_F_NO_INTERRUPT));
	}

	old = vq->signalled_used;
	valid = vq->signalled_used_valid;
	now = vq->signalled_used = vq->last_used_idx;
	vq->signalled_used_valid = true;
	if (unlikely(!valid))
		return true;

	if (vhost_get_used_event(vq, &event)) {
		vq_err(vq, "cannot read the used event\n");
		return true;
	}
	return vring_need_event(vhost16_to_cpu(vq, event), now, old);
}

void vhost_signal(struct vhost_dev *dev, struct vhost_virtqueue *vq)
{
	if (vq->call_ctx && vhost_notify(dev, vq))
		eventfd_signal(vq->call_ctx);
}

void vhost_add_used_and_signal(struct vhost_dev *dev, struct vhost_virtqueue *vq,
			       unsigned int head, unsigned int len)
{
	vhost_add_used(vq, head, len);
	vhost_signal(dev, vq);
}

void vhost_add_used_and_signal_n(struct vhost_dev *dev, struct vhost_virtqueue *vq,
				 struct vring_used_elem *heads, unsigned int count)
{
	vhost_add_used_n(vq, heads, count);
	vhost_signal(dev, vq);
}

/* True only if sure: on an error the caller goes on and finds it. */
bool vhost_vq_avail_empty(struct vhost_dev *dev __maybe_unused, struct vhost_virtqueue *vq)
{
	return vq->avail_idx == vq->last_avail_idx && !vhost_get_avail_idx(vq);
}

/* True: the guest has added something in between, and will not kick for it. */
bool vhost_enable_notify(struct vhost_dev *dev __maybe_unused, struct vhost_virtqueue *vq)
{
	int r;

	if (!(vq->used_flags & VRING_USED_F_NO_NOTIFY))
		return false;
	vq->used_flags &= (u16)~VRING_USED_F_NO_NOTIFY;
	if (!vhost_has_feature(vq, VIRTIO_RING_F_EVENT_IDX))
		r = vhost_update_used_flags(vq);
	else
		r = vhost_update_avail_event(vq);
	if (r) {
		vq_err(vq, "cannot enable notification: %d\n", r);
		return false;
	}
	/* First the wish, then a second look. */
	smp_mb();
	return vhost_get_avail_idx(vq) > 0;
}

void vhost_disable_notify(struct vhost_dev *dev __maybe_unused, struct vhost_virtqueue *vq)
{
	if (vq->used_flags & VRING_USED_F_NO_NOTIFY)
		return;
	vq->used_flags |= VRING_USED_F_NO_NOTIFY;
	if (!vhost_has_feature(vq, VIRTIO_RING_F_EVENT_IDX) && vhost_update_used_flags(vq))
		vq_err(vq, "cannot disable notification\n");
}

#endif
