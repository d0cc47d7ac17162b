// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * vsock.c - a socket device: packets between the guest and its host.
 *
 * The host side is an echo: what the guest sends comes back to it.  Shows the
 * third way to register work, vhost_work_init(), and a second device whose
 * ioctl starts a ring.
 */
#include "vhost.h"

#include "slab.h"
#include "uaccess.h"

#define VHOST_VSOCK_WEIGHT	0x80000
#define VHOST_VSOCK_PKT_WEIGHT	256
#define VHOST_VSOCK_MAX_PKT	65536

enum {
	VSOCK_VQ_RX,
	VSOCK_VQ_TX,
	VSOCK_VQ_MAX,
};

struct vsock_pkt {
	struct list_head node;
	size_t len;
	u8 data[];
};

struct vhost_vsock {
	struct vhost_dev dev;
	struct vhost_virtqueue vqs[VSOCK_VQ_MAX];
	struct vhost_virtqueue *vq_ptrs[VSOCK_VQ_MAX];
	struct vhost_work send_pkt_work;
	spinlock_t lock;
	struct list_head send_pkt_queue;
	u64 guest_cid;
};

static struct vsock_pkt *vhost_vsock_take_pkt(struct vhost_vsock *vsock)
{
	struct vsock_pkt *pkt = NULL;

	spin_lock(&vsock->lock);
	if (!list_empty(&vsock->send_pkt_queue)) {
		pkt = list_first_entry(&vsock->send_pkt_queue, struct vsock_pkt, node);
		list_del(&pkt->node);
	}
	spin_unlock(&vsock->lock);
	return pkt;
}

static bool vhost_vsock_has_pkt(struct vhost_vsock *vsock)
{
	return !list_empty(&vsock->send_pkt_queue);
}

/* For the guest: the packet goes to its receive ring when the worker comes to it. */
static void vhost_transport_send_pkt(struct vhost_vsock *vsock, struct vsock_pkt *pkt)
{
	spin_lock(&vsock->lock);
	list_add_tail(&pkt->node, &vsock->send_pkt_queue);
	spin_unlock(&vsock->lock);
	vhost_vq_work_queue(&vsock->vqs[VSOCK_VQ_RX], &vsock->send_pkt_work);
}

static void __uaccess vhost_transport_do_send_pkt(struct vhost_vsock *vsock,
						  struct vhost_virtqueue *vq)
{
	size_t total_len = 0;
	bool added = false;
	int pkts = 0;

	mutex_lock(&vq->mutex);
	if (!vhost_vq_get_backend(vq) || !vq_meta_prefetch(vq))
		goto out;

	vhost_disable_notify(&vsock->dev, vq);
	while (vhost_vsock_has_pkt(vsock)) {
		unsigned int out = 0, in = 0;
		struct vsock_pkt *pkt;
		size_t len;
		int head;

		head = vhost_get_vq_desc(vq, vq->iov, ARRAY_SIZE(vq->iov), &out, &in);
		if (head < 0)
			break;
		if (head == (int)vq->num) {
			/* The packets wait for buffers. */
			if (unlikely(vhost_enable_notify(&vsock->dev, vq))) {
				vhost_disable_notify(&vsock->dev, vq);
				continue;
			}
			break;
		}
		pkt = vhost_vsock_take_pkt(vsock);
		if (!pkt || out) {
			vq_err(vq, "a buffer of %u out, %u in\n", out, in);
			kfree(pkt);
			break;
		}
		len = copy_to_iov(pkt->data, pkt->len, vq->iov, in, 0);
		kfree(pkt);
		vhost_add_used(vq, (unsigned int)head, (unsigned int)len);
		added = true;
		total_len += len;
		if (vhost_exceeds_weight(vq, ++pkts, total_len))
			break;
	}
	if (added)
		vhost_signal(&vsock->dev, vq);
out:
	mutex_unlock(&vq->mutex);
}

static void __uaccess vhost_transport_send_pkt_work(struct vhost_work *work)
{
	struct vhost_vsock *vsock = container_of(work, struct vhost_vsock, send_pkt_work);

	vhost_transport_do_send_pkt(vsock, &vsock->vqs[VSOCK_VQ_RX]);
}

static struct vsock_pkt *vhost_vsock_alloc_pkt(struct vhost_virtqueue *vq, unsigned int out)
{
	size_t len = iov_length(vq->iov, out);
	struct vsock_pkt *pkt;

	if (len > VHOST_VSOCK_MAX_PKT)
		return NULL;
	pkt = kmalloc(sizeof(*pkt) + len, GFP_KERNEL);
	if (!pkt)
		return NULL;
	pkt->len = len;
	if (copy_from_iov(pkt->data, len, vq->iov, out, 0) != len) {
		kfree(pkt);
		return NULL;
	}
	return pkt;
}

/* The guest has sent. */
static void __uaccess vhost_vsock_handle_tx_kick(struct vhost_work *work)
{
	struct vhost_virtqueue *vq = container_of(work, struct vhost_virtqueue, poll.work);
	struct vhost_vsock *vsock = container_of(vq->dev, struct vhost_vsock, dev);
	size_t total_len = 0;
	bool added = false;
	int pkts = 0;

	mutex_lock(&vq->mutex);
	if (!vhost_vq_get_backend(vq) || !vq_meta_prefetch(vq))
		goto out;

	vhost_disable_notify(&vsock->dev, vq);
	do {
		unsigned int out = 0, in = 0;
		struct vsock_pkt *pkt;
		int head;

		head = vhost_get_vq_desc(vq, vq->iov, ARRAY_SIZE(vq->iov), &out, &in);
		if (head < 0)
			break;
		if (head == (int)vq->num) {
			if (unlikely(vhost_enable_notify(&vsock->dev, vq))) {
				vhost_disable_notify(&vsock->dev, vq);
				continue;
			}
			break;
		}
		pkt = vhost_vsock_alloc_pkt(vq, out);
		if (pkt) {
			total_len += pkt->len;
			vhost_transport_send_pkt(vsock, pkt);
		} else {
			vq_err(vq, "cannot take the packet of head %d\n", head);
		}
		vhost_add_used(vq, (unsigned int)head, 0);
		added = true;
	} while (likely(!vhost_exceeds_weight(vq, ++pkts, total_len)));
	if (added)
		vhost_signal(&vsock->dev, vq);
out:
	mutex_unlock(&vq->mutex);
}

/* The guest has given buffers for what waits. */
static void __uaccess vhost_vsock_handle_rx_kick(struct vhost_work *work)
{
	struct vhost_virtqueue *vq = container_of(work, struct vhost_virtqueue, poll.work);
	struct vhost_vsock *vsock = container_of(vq->dev, struct vhost_vsock, dev);

	vhost_transport_do_send_pkt(vsock, vq);
}

static void vhost_vsock_drop_backends(struct vhost_vsock *vsock)
{
	unsigned int i;

	for (i = 0; i < VSOCK_VQ_MAX; i++) {
		mutex_lock(&vsock->vqs[i].mutex);
		vhost_vq_set_backend(&vsock->vqs[i], NULL);
		mutex_unlock(&vsock->vqs[i].mutex);
	}
}

static long vhost_vsock_start(struct vhost_vsock *vsock)
{
	unsigned int i;
	long r;

	mutex_lock(&vsock->dev.mutex);
	r = vhost_dev_check_owner(&vsock->dev);
	for (i = 0; !r && i < VSOCK_VQ_MAX; i++) {
		struct vhost_virtqueue *vq = &vsock->vqs[i];

		mutex_lock(&vq->mutex);
		if (!vhost_vq_access_ok(vq)) {
			r = -EFAULT;
		} else if (!vhost_vq_get_backend(vq)) {
			vhost_vq_set_backend(vq, vsock);
			/* Crossing: the owner calls, and the ring's mutex keeps the worker out. */
			r = ((__force int (*)(struct vhost_virtqueue *))vhost_vq_init_access)(vq);
		}
		mutex_unlock(&vq->mutex);
	}
	if (r)
		vhost_vsock_drop_backends(vsock);
	else
		/* Some may have been sent before there was a ring. */
		vhost_vq_work_queue(&vsock->vqs[VSOCK_VQ_RX], &vsock->send_pkt_work);
	mutex_unlock(&vsock->dev.mutex);
	return r;
}

static long vhost_vsock_stop(struct vhost_vsock *vsock)
{
	long r;

	mutex_lock(&vsock->dev.mutex);
	r = vhost_dev_check_owner(&vsock->dev);
	if (!r)
		vhost_vsock_drop_backends(vsock);
	mutex_unlock(&vsock->dev.mutex);
	return r;
}

static int vhost_vsock_dev_open(struct inode *inode __maybe_unused, struct file *file)
{
	struct vhost_vsock *vsock = kzalloc(sizeof(*vsock), GFP_KERNEL);
	unsigned int i;

	if (!vsock)
		return -ENOMEM;
	spin_lock_init(&vsock->lock);
	INIT_LIST_HEAD(&vsock->send_pkt_queue);
	vsock->vqs[VSOCK_VQ_TX].handle_kick = vhost_vsock_handle_tx_kick;
	vsock->vqs[VSOCK_VQ_RX].handle_kick = vhost_vsock_handle_rx_kick;
	for (i = 0; i < VSOCK_VQ_MAX; i++)
		vsock->vq_ptrs[i] = &vsock->vqs[i];
	vhost_dev_init(&vsock->dev, vsock->vq_ptrs, VSOCK_VQ_MAX, UIO_MAXIOV,
		       VHOST_VSOCK_PKT_WEIGHT, VHOST_VSOCK_WEIGHT);
	vhost_work_init(&vsock->send_pkt_work, vhost_transport_send_pkt_work);
	file->private_data = vsock;
	return 0;
}

static int vhost_vsock_dev_release(struct inode *inode __maybe_unused, struct file *file)
{
	struct vhost_vsock *vsock = file->private_data;
	struct vsock_pkt *pkt;

	vhost_vsock_drop_backends(vsock);
	vhost_dev_stop(&vsock->dev);
	while ((pkt = vhost_vsock_take_pkt(vsock)))
		kfree(pkt);
	vhost_dev_cleanup(&vsock->dev);
	kfree(vsock);
	return 0;
}

static long vhost_vsock_dev_ioctl(struct file *file, unsigned int ioctl, unsigned long arg)
{
	struct vhost_vsock *vsock = file->private_data;
	void __user *argp = (void __user *)arg;
	int start;
	long r;

	switch (ioctl) {
	case VHOST_VSOCK_SET_GUEST_CID:
		return copy_from_user(&vsock->guest_cid, argp, sizeof(vsock->guest_cid)) ?
			       -EFAULT : 0;
	case VHOST_VSOCK_SET_RUNNING:
		if (copy_from_user(&start, argp, sizeof(start)))
			return -EFAULT;
		return start ? vhost_vsock_start(vsock) : vhost_vsock_stop(vsock);
	default:
		mutex_lock(&vsock->dev.mutex);
		r = vhost_dev_ioctl(&vsock->dev, ioctl, argp);
		if (r == -ENOIOCTLCMD)
			r = vhost_vring_ioctl(&vsock->dev, ioctl, argp);
		else
			vhost_dev_flush(&vsock->dev);
		mutex_unlock(&vsock->dev.mutex);
		return r;
	}
}

static const struct file_operations vhost_vsock_fops = {
	.open = vhost_vsock_dev_open,
	.release = vhost_vsock_dev_release,
	.unlocked_ioctl = vhost_vsock_dev_ioctl,
};

static struct miscdevice vhost_vsock_misc = {
	.name = "vhost-vsock",
	.fops = &vhost_vsock_fops,
};

int vhost_vsock_init(void)
{
	misc_register(&vhost_vsock_misc);
	return 0;
}
