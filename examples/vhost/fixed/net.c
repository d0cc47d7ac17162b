// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * net.c - a network device: the guest's packets to a socket and back.
 *
 * The handlers at the end are what a worker runs: on a kick from the guest,
 * and when the socket can take or has packets.
 */
#include "vhost.h"

#include "../include/backend.h"
#include "slab.h"
#include "uaccess.h"

#define VHOST_NET_WEIGHT	0x80000	/* bytes in one go */
#define VHOST_NET_PKT_WEIGHT	256	/* packets in one go */
#define VHOST_NET_BATCH		64
#define VHOST_MAX_PEND		128u	/* packets that the backend may hold uncopied */
#define VHOST_GOODCOPY_LEN	256u	/* below it copying is cheaper */

#define VHOST_NET_FEATURES							\
	((1ULL << VIRTIO_F_NOTIFY_ON_EMPTY) | (1ULL << VIRTIO_RING_F_EVENT_IDX) |	\
	 (1ULL << VIRTIO_F_VERSION_1) | (1ULL << VIRTIO_F_ACCESS_PLATFORM) |	\
	 (1ULL << VIRTIO_NET_F_MRG_RXBUF))

/* The length of a used transmit buffer means nothing: it keeps the state of an uncopied one. */
enum {
	VHOST_DMA_CLEAR_LEN,
	VHOST_DMA_IN_PROGRESS,
	VHOST_DMA_DONE_LEN,
	VHOST_DMA_FAILED_LEN,
};

enum {
	VHOST_NET_VQ_RX,
	VHOST_NET_VQ_TX,
	VHOST_NET_VQ_MAX,
};

struct vhost_net_ubuf_ref {
	atomic_t refcount;		/* 1: no buffer is out */
	wait_queue_head_t wait;
	struct vhost_virtqueue *vq;
};

struct vhost_net_virtqueue {
	struct vhost_virtqueue vq;
	unsigned int upend_idx;		/* next uncopied buffer */
	unsigned int done_idx;		/* first uncopied one that is not done; or heads in the batch */
	struct ubuf_info *ubuf_info;
	struct vhost_net_ubuf_ref *ubufs;
	struct xdp_buff xdp[VHOST_NET_BATCH];
	unsigned int batched_xdp;
};

struct vhost_net {
	struct vhost_dev dev;
	struct vhost_net_virtqueue vqs[VHOST_NET_VQ_MAX];
	struct vhost_virtqueue *vq_ptrs[VHOST_NET_VQ_MAX];
	struct vhost_poll poll[VHOST_NET_VQ_MAX];
	unsigned int tx_packets, tx_zcopy_err;
	bool tx_flush;
};

static struct vhost_net_ubuf_ref *vhost_net_ubuf_alloc(struct vhost_virtqueue *vq, bool zcopy)
{
	struct vhost_net_ubuf_ref *ubufs;

	if (!zcopy)
		return NULL;
	ubufs = kmalloc(sizeof(*ubufs), GFP_KERNEL);
	if (!ubufs)
		return ERR_PTR(-ENOMEM);
	atomic_set(&ubufs->refcount, 1);
	init_waitqueue_head(&ubufs->wait);
	ubufs->vq = vq;
	return ubufs;
}

static int vhost_net_ubuf_put(struct vhost_net_ubuf_ref *ubufs)
{
	return atomic_dec_return(&ubufs->refcount);
}

static void vhost_net_ubuf_put_and_wait(struct vhost_net_ubuf_ref *ubufs)
{
	vhost_net_ubuf_put(ubufs);
	wait_event(ubufs->wait, !atomic_read(&ubufs->refcount));
}

static void vhost_net_ubuf_put_wait_and_free(struct vhost_net_ubuf_ref *ubufs)
{
	vhost_net_ubuf_put_and_wait(ubufs);
	kfree(ubufs);
}

static void vhost_net_tx_packet(struct vhost_net *net)
{
	if (++net->tx_packets < 1024)
		return;
	net->tx_packets = 0;
	net->tx_zcopy_err = 0;
}

static void vhost_net_tx_err(struct vhost_net *net)
{
	++net->tx_zcopy_err;
}

static bool vhost_net_tx_select_zcopy(struct vhost_net *net)
{
	return !net->tx_flush && net->tx_packets / 64 >= net->tx_zcopy_err;
}

/* Hand the guest the uncopied buffers that are done, in order: the first that is not ends it. */
static void __uaccess vhost_zerocopy_signal_used(struct vhost_net *net, struct vhost_virtqueue *vq)
{
	struct vhost_net_virtqueue *nvq = container_of(vq, struct vhost_net_virtqueue, vq);
	unsigned int i, done = 0;

	for (i = nvq->done_idx; i != nvq->upend_idx; i = (i + 1) % UIO_MAXIOV) {
		if (vq->heads[i].len == VHOST_DMA_FAILED_LEN)
			vhost_net_tx_err(net);
		if (vq->heads[i].len < VHOST_DMA_DONE_LEN)
			break;
		vq->heads[i].len = VHOST_DMA_CLEAR_LEN;
		done++;
	}
	while (done) {
		unsigned int add = min_t(unsigned int, UIO_MAXIOV - nvq->done_idx, done);

		vhost_add_used_and_signal_n(vq->dev, vq, &vq->heads[nvq->done_idx], add);
		nvq->done_idx = (nvq->done_idx + add) % UIO_MAXIOV;
		done -= add;
	}
}

/* Called by the backend, anywhere: only notes the state and has the worker look at it. */
static void vhost_zerocopy_complete(struct ubuf_info *ubuf, bool success)
{
	struct vhost_net_ubuf_ref *ubufs = ubuf->ctx;
	struct vhost_virtqueue *vq = ubufs->vq;
	int left;

	vq->heads[ubuf->desc].len = success ? VHOST_DMA_DONE_LEN : VHOST_DMA_FAILED_LEN;
	left = vhost_net_ubuf_put(ubufs);
	if (left <= 1 || left % 16 == 0)
		vhost_poll_queue(&vq->poll);
}

static const struct ubuf_info_ops vhost_ubuf_ops = {
	.complete = vhost_zerocopy_complete,
};

static u64 busy_clock(void)
{
	return local_clock() >> 10;
}

static bool vhost_can_busy_poll(u64 endtime)
{
	return !need_resched() && busy_clock() <= endtime && !signal_pending(current);
}

static struct vhost_poll *vhost_net_vq_poll(struct vhost_net *net, struct vhost_virtqueue *vq)
{
	return net->poll + (container_of(vq, struct vhost_net_virtqueue, vq) - net->vqs);
}

static void vhost_net_disable_vq(struct vhost_net *net, struct vhost_virtqueue *vq)
{
	if (vhost_vq_get_backend(vq))
		vhost_poll_stop(vhost_net_vq_poll(net, vq));
}

static int vhost_net_enable_vq(struct vhost_net *net, struct vhost_virtqueue *vq)
{
	struct socket *sock = vhost_vq_get_backend(vq);

	return sock ? vhost_poll_start(vhost_net_vq_poll(net, vq), sock->file) : 0;
}

static void __uaccess vhost_net_signal_used(struct vhost_net_virtqueue *nvq)
{
	struct vhost_virtqueue *vq = &nvq->vq;

	if (!nvq->done_idx)
		return;
	vhost_add_used_and_signal_n(vq->dev, vq, vq->heads, nvq->done_idx);
	nvq->done_idx = 0;
}

static void vhost_net_free_xdp(struct vhost_net_virtqueue *nvq)
{
	while (nvq->batched_xdp)
		kfree(nvq->xdp[--nvq->batched_xdp].data);
}

static void __uaccess vhost_tx_batch(struct vhost_net_virtqueue *nvq, struct socket *sock,
				     struct msghdr *msg)
{
	struct tun_msg_ctl ctl = {
		.type = TUN_MSG_PTR,
		.num = (unsigned short)nvq->batched_xdp,
		.ptr = nvq->xdp,
	};
	int err;

	if (nvq->batched_xdp) {
		msg->msg_control = &ctl;
		err = sock->ops->sendmsg(sock, msg, 0);
		msg->msg_control = NULL;
		vhost_net_free_xdp(nvq);
		if (unlikely(err < 0))
			vq_err(&nvq->vq, "cannot send the batch: %d\n", err);
	}
	vhost_net_signal_used(nvq);
}

static bool sock_has_rx_data(struct socket *sock)
{
	return sock && sock->ops->peek_len(sock) > 0;
}

static void __uaccess vhost_net_busy_poll_try_queue(struct vhost_net *net,
						    struct vhost_virtqueue *vq)
{
	if (!vhost_vq_avail_empty(&net->dev, vq)) {
		vhost_poll_queue(&vq->poll);
	} else if (unlikely(vhost_enable_notify(&net->dev, vq))) {
		vhost_disable_notify(&net->dev, vq);
		vhost_poll_queue(&vq->poll);
	}
}

/* Wait a little for either side, before the price of a kick or a wakeup is paid. */
static void __uaccess vhost_net_busy_poll(struct vhost_net *net, struct vhost_virtqueue *rvq,
					  struct vhost_virtqueue *tvq, bool *busyloop_intr,
					  bool poll_rx)
{
	struct vhost_virtqueue *vq = poll_rx ? tvq : rvq;
	struct socket *sock;
	u64 endtime;

	/* The other handler takes the two locks the other way round. */
	if (!mutex_trylock(&vq->mutex))
		return;

	vhost_disable_notify(&net->dev, vq);
	sock = vhost_vq_get_backend(rvq);
	endtime = busy_clock() + (poll_rx ? rvq : tvq)->busyloop_timeout;

	while (vhost_can_busy_poll(endtime)) {
		if (vhost_vq_has_work(vq)) {
			*busyloop_intr = true;
			break;
		}
		if ((sock_has_rx_data(sock) && !vhost_vq_avail_empty(&net->dev, rvq)) ||
		    !vhost_vq_avail_empty(&net->dev, tvq))
			break;
		cpu_relax();
	}

	if (poll_rx || sock_has_rx_data(sock))
		vhost_net_busy_poll_try_queue(net, vq);
	else
		vhost_enable_notify(&net->dev, rvq);

	mutex_unlock(&vq->mutex);
}

static int __uaccess vhost_net_tx_get_vq_desc(struct vhost_net *net,
					      struct vhost_net_virtqueue *tnvq,
					      unsigned int *out_num, unsigned int *in_num,
					      struct msghdr *msg, bool *busyloop_intr)
{
	struct vhost_virtqueue *rvq = &net->vqs[VHOST_NET_VQ_RX].vq;
	struct vhost_virtqueue *tvq = &tnvq->vq;
	struct socket *sock = vhost_vq_get_backend(tvq);
	int r;

	r = vhost_get_vq_desc(tvq, tvq->iov, ARRAY_SIZE(tvq->iov), out_num, in_num);
	if (r == (int)tvq->num && tvq->busyloop_timeout) {
		/* What is batched goes out before we wait. */
		if (!sock->zerocopy)
			vhost_tx_batch(tnvq, sock, msg);
		vhost_net_busy_poll(net, rvq, tvq, busyloop_intr, false);
		r = vhost_get_vq_desc(tvq, tvq->iov, ARRAY_SIZE(tvq->iov), out_num, in_num);
	}
	return r;
}

static bool vhost_exceeds_maxpend(struct vhost_net *net)
{
	struct vhost_net_virtqueue *nvq = &net->vqs[VHOST_NET_VQ_TX];

	return (nvq->upend_idx + UIO_MAXIOV - nvq->done_idx) % UIO_MAXIOV >
	       min_t(unsigned int, VHOST_MAX_PEND, nvq->vq.num >> 2);
}

/* The next packet to send: its head, vq->num when there is none, or an error. */
static int __uaccess get_tx_bufs(struct vhost_net *net, struct vhost_net_virtqueue *nvq,
				 struct msghdr *msg, size_t *len, bool *busyloop_intr)
{
	struct vhost_virtqueue *vq = &nvq->vq;
	unsigned int out = 0, in = 0;
	int ret;

	ret = vhost_net_tx_get_vq_desc(net, nvq, &out, &in, msg, busyloop_intr);
	if (ret < 0 || ret == (int)vq->num)
		return ret;

	msg->iov = vq->iov;
	msg->iov_count = out;
	*len = iov_length(vq->iov, out);
	if (in || !*len) {
		vq_err(vq, "a packet of %u out, %u in, %zu bytes\n", out, in, *len);
		return -EFAULT;
	}
	return ret;
}

static bool __uaccess tx_can_batch(struct vhost_virtqueue *vq, size_t total_len)
{
	return total_len < VHOST_NET_WEIGHT && !vhost_vq_avail_empty(vq->dev, vq);
}

/* Copy a packet of at most a page, to be sent with others. */
static int vhost_net_build_xdp(struct vhost_net_virtqueue *nvq, const struct msghdr *msg,
			       size_t len)
{
	struct xdp_buff *xdp = &nvq->xdp[nvq->batched_xdp];

	if (len > PAGE_SIZE || nvq->batched_xdp == VHOST_NET_BATCH)
		return -ENOSPC;
	xdp->data = kmalloc(len, GFP_KERNEL);
	if (!xdp->data)
		return -ENOMEM;
	xdp->len = len;
	if (copy_from_iov(xdp->data, len, msg->iov, msg->iov_count, 0) != len) {
		kfree(xdp->data);
		return -EFAULT;
	}
	nvq->batched_xdp++;
	return 0;
}

static bool tx_should_retry(int err)
{
	return err == -EAGAIN || err == -ENOMEM || err == -ENOBUFS;
}

/* Give the buffer back to the guest's side and wait for room in the socket. */
static void tx_retry_later(struct vhost_net *net, struct vhost_virtqueue *vq)
{
	vhost_discard_vq_desc(vq, 1);
	vhost_net_enable_vq(net, vq);
}

/* The ring is empty: true if it has been filled again in the meantime. */
static bool __uaccess vhost_net_look_again(struct vhost_net *net, struct vhost_virtqueue *vq,
					   bool busyloop_intr)
{
	if (unlikely(busyloop_intr)) {
		vhost_poll_queue(&vq->poll);
		return false;
	}
	if (likely(!vhost_enable_notify(&net->dev, vq)))
		return false;
	vhost_disable_notify(&net->dev, vq);
	return true;
}

/* The packet's pages go to the backend as they are; it says when it has done with them. */
static struct ubuf_info *tx_start_zcopy(struct vhost_net_virtqueue *nvq, int head)
{
	struct ubuf_info *ubuf = nvq->ubuf_info + nvq->upend_idx;
	struct vhost_virtqueue *vq = &nvq->vq;

	vq->heads[nvq->upend_idx].id = cpu_to_vhost32(vq, (u32)head);
	vq->heads[nvq->upend_idx].len = VHOST_DMA_IN_PROGRESS;
	ubuf->ops = &vhost_ubuf_ops;
	ubuf->ctx = nvq->ubufs;
	ubuf->desc = nvq->upend_idx;
	atomic_inc_return(&nvq->ubufs->refcount);
	nvq->upend_idx = (nvq->upend_idx + 1) % UIO_MAXIOV;
	return ubuf;
}

static void tx_undo_zcopy(struct vhost_net_virtqueue *nvq, struct ubuf_info *ubuf, bool retry)
{
	struct vhost_virtqueue *vq = &nvq->vq;

	if (vq->heads[ubuf->desc].len == VHOST_DMA_IN_PROGRESS)
		vhost_net_ubuf_put(nvq->ubufs);
	if (retry)
		nvq->upend_idx = ubuf->desc;
	else
		vq->heads[ubuf->desc].len = VHOST_DMA_DONE_LEN;
}

static void __uaccess handle_tx_zerocopy(struct vhost_net *net, struct socket *sock)
{
	struct vhost_net_virtqueue *nvq = &net->vqs[VHOST_NET_VQ_TX];
	struct vhost_virtqueue *vq = &nvq->vq;
	struct msghdr msg = { .msg_flags = MSG_DONTWAIT };
	size_t len, total_len = 0;
	int sent_pkts = 0;

	do {
		struct tun_msg_ctl ctl = { .type = TUN_MSG_UBUF };
		struct ubuf_info *ubuf = NULL;
		bool busyloop_intr = false;
		int head, err;

		/* First free what is done. */
		vhost_zerocopy_signal_used(net, vq);

		head = get_tx_bufs(net, nvq, &msg, &len, &busyloop_intr);
		if (unlikely(head < 0))
			break;
		if (head == (int)vq->num) {
			if (vhost_net_look_again(net, vq, busyloop_intr))
				continue;
			break;
		}

		msg.msg_control = NULL;
		if (len >= VHOST_GOODCOPY_LEN && !vhost_exceeds_maxpend(net) &&
		    vhost_net_tx_select_zcopy(net)) {
			ubuf = tx_start_zcopy(nvq, head);
			ctl.ptr = ubuf;
			msg.msg_control = &ctl;
		}
		total_len += len;
		if (tx_can_batch(vq, total_len) && likely(!vhost_exceeds_maxpend(net)))
			msg.msg_flags |= MSG_MORE;
		else
			msg.msg_flags &= ~MSG_MORE;

		err = sock->ops->sendmsg(sock, &msg, len);
		if (unlikely(err < 0)) {
			bool retry = tx_should_retry(err);

			if (ubuf)
				tx_undo_zcopy(nvq, ubuf, retry);
			if (retry) {
				tx_retry_later(net, vq);
				break;
			}
		}
		if (!ubuf)
			vhost_add_used_and_signal(&net->dev, vq, (unsigned int)head, 0);
		else
			vhost_zerocopy_signal_used(net, vq);
		vhost_net_tx_packet(net);
	} while (likely(!vhost_exceeds_weight(vq, ++sent_pkts, total_len)));
}

static void __uaccess handle_tx_copy(struct vhost_net *net, struct socket *sock)
{
	struct vhost_net_virtqueue *nvq = &net->vqs[VHOST_NET_VQ_TX];
	struct vhost_virtqueue *vq = &nvq->vq;
	struct msghdr msg = { .msg_flags = MSG_DONTWAIT };
	size_t len, total_len = 0;
	int sent_pkts = 0;

	do {
		bool busyloop_intr = false;
		int head, err;

		if (nvq->done_idx == VHOST_NET_BATCH)
			vhost_tx_batch(nvq, sock, &msg);

		head = get_tx_bufs(net, nvq, &msg, &len, &busyloop_intr);
		if (unlikely(head < 0))
			break;
		if (head == (int)vq->num) {
			if (vhost_net_look_again(net, vq, busyloop_intr))
				continue;
			break;
		}
		total_len += len;

		/* Packets that a full socket would refuse are sent one by one. */
		err = sock->unlimited_sndbuf ? vhost_net_build_xdp(nvq, &msg, len) : -ENOSPC;
		if (err == -ENOSPC) {
			vhost_tx_batch(nvq, sock, &msg);
			if (!sock->unlimited_sndbuf && tx_can_batch(vq, total_len))
				msg.msg_flags |= MSG_MORE;
			else
				msg.msg_flags &= ~MSG_MORE;
			err = sock->ops->sendmsg(sock, &msg, len);
			if (unlikely(err < 0) && !tx_should_retry(err))
				err = 0;	/* the packet is lost */
		}
		if (unlikely(err < 0)) {
			tx_retry_later(net, vq);
			break;
		}
		vq->heads[nvq->done_idx].id = cpu_to_vhost32(vq, (u32)head);
		vq->heads[nvq->done_idx].len = 0;
		++nvq->done_idx;
	} while (likely(!vhost_exceeds_weight(vq, ++sent_pkts, total_len)));

	vhost_tx_batch(nvq, sock, &msg);
}

static void __uaccess handle_tx(struct vhost_net *net)
{
	struct vhost_virtqueue *vq = &net->vqs[VHOST_NET_VQ_TX].vq;
	struct socket *sock;

	mutex_lock_nested(&vq->mutex, VHOST_NET_VQ_TX);
	sock = vhost_vq_get_backend(vq);
	if (!sock || !vq_meta_prefetch(vq))
		goto out;

	vhost_disable_notify(&net->dev, vq);
	vhost_net_disable_vq(net, vq);
	if (sock->zerocopy)
		handle_tx_zerocopy(net, sock);
	else
		handle_tx_copy(net, sock);
out:
	mutex_unlock(&vq->mutex);
}

static size_t __uaccess vhost_net_rx_peek_head_len(struct vhost_net *net, struct socket *sock,
						   bool *busyloop_intr)
{
	struct vhost_net_virtqueue *rnvq = &net->vqs[VHOST_NET_VQ_RX];
	struct vhost_virtqueue *tvq = &net->vqs[VHOST_NET_VQ_TX].vq;
	int len = sock->ops->peek_len(sock);

	if (!len && rnvq->vq.busyloop_timeout) {
		vhost_net_signal_used(rnvq);
		vhost_net_busy_poll(net, &rnvq->vq, tvq, busyloop_intr, true);
		len = sock->ops->peek_len(sock);
	}
	return len > 0 ? (size_t)len : 0;
}

/* Buffers for datalen bytes: how many (0: not enough yet), or an error. */
static int __uaccess get_rx_bufs(struct vhost_virtqueue *vq, struct vring_used_elem *heads,
				 size_t datalen, unsigned int *iovcount, int quota)
{
	unsigned int seg = 0;
	int headcount = 0;
	int r = 0;

	while (datalen > 0 && headcount < quota) {
		unsigned int out = 0, in = 0;
		size_t len;

		r = -ENOBUFS;
		if (unlikely(seg >= UIO_MAXIOV))
			goto err;
		r = vhost_get_vq_desc(vq, vq->iov + seg, ARRAY_SIZE(vq->iov) - seg, &out, &in);
		if (unlikely(r < 0))
			goto err;
		if (r == (int)vq->num) {
			r = 0;
			goto err;
		}
		if (unlikely(out || !in)) {
			vq_err(vq, "a buffer of %u out, %u in\n", out, in);
			r = -EINVAL;
			goto err;
		}
		len = min_t(size_t, iov_length(vq->iov + seg, in), datalen);
		heads[headcount].id = cpu_to_vhost32(vq, (u32)r);
		heads[headcount].len = cpu_to_vhost32(vq, (u32)len);
		datalen -= len;
		headcount++;
		seg += in;
	}
	*iovcount = seg;
	return headcount;

err:
	vhost_discard_vq_desc(vq, (unsigned int)headcount);
	return r;
}

static void __uaccess handle_rx(struct vhost_net *net)
{
	struct vhost_net_virtqueue *nvq = &net->vqs[VHOST_NET_VQ_RX];
	struct vhost_virtqueue *vq = &nvq->vq;
	struct msghdr msg = { .msg_flags = MSG_DONTWAIT };
	bool busyloop_intr = false;
	size_t len, total_len = 0;
	struct socket *sock;
	int recv_pkts = 0;
	int quota;

	mutex_lock_nested(&vq->mutex, VHOST_NET_VQ_RX);
	sock = vhost_vq_get_backend(vq);
	if (!sock || !vq_meta_prefetch(vq))
		goto out;

	vhost_disable_notify(&net->dev, vq);
	vhost_net_disable_vq(net, vq);
	/* A packet may be spread over buffers only if the guest can put it together. */
	quota = vhost_has_feature(vq, VIRTIO_NET_F_MRG_RXBUF) ? VHOST_NET_BATCH : 1;

	do {
		unsigned int in = 0;
		int headcount;

		len = vhost_net_rx_peek_head_len(net, sock, &busyloop_intr);
		if (!len)
			break;
		headcount = get_rx_bufs(vq, vq->heads + nvq->done_idx, len, &in, quota);
		if (unlikely(headcount < 0))
			goto out;
		if (!headcount) {
			if (vhost_net_look_again(net, vq, busyloop_intr))
				continue;
			goto out;
		}
		busyloop_intr = false;

		msg.iov = vq->iov;
		msg.iov_count = in;
		if (unlikely(sock->ops->recvmsg(sock, &msg, len, MSG_DONTWAIT | MSG_TRUNC) < 0)) {
			/* Somebody else read the packet: the buffers wait for the next. */
			vhost_discard_vq_desc(vq, (unsigned int)headcount);
			continue;
		}
		nvq->done_idx += (unsigned int)headcount;
		if (nvq->done_idx > VHOST_NET_BATCH)
			vhost_net_signal_used(nvq);
		total_len += len;
	} while (likely(!vhost_exceeds_weight(vq, ++recv_pkts, total_len)));

	if (unlikely(busyloop_intr))
		vhost_poll_queue(&vq->poll);
	else if (!len)
		vhost_net_enable_vq(net, vq);
out:
	vhost_net_signal_used(nvq);
	mutex_unlock(&vq->mutex);
}

/* Work of the net device: its socket can take packets, or has some. */
static void __uaccess handle_tx_net(struct vhost_work *work)
{
	handle_tx(container_of(work, struct vhost_net, poll[VHOST_NET_VQ_TX].work));
}

static void __uaccess handle_rx_net(struct vhost_work *work)
{
	handle_rx(container_of(work, struct vhost_net, poll[VHOST_NET_VQ_RX].work));
}

/* Work of a ring: the guest has kicked it. */
static void __uaccess handle_tx_kick(struct vhost_work *work)
{
	struct vhost_virtqueue *vq = container_of(work, struct vhost_virtqueue, poll.work);

	handle_tx(container_of(vq->dev, struct vhost_net, dev));
}

static void __uaccess handle_rx_kick(struct vhost_work *work)
{
	struct vhost_virtqueue *vq = container_of(work, struct vhost_virtqueue, poll.work);

	handle_rx(container_of(vq->dev, struct vhost_net, dev));
}

static int vhost_net_open(struct inode *inode __maybe_unused, struct file *f)
{
	struct vhost_net *n = kzalloc(sizeof(*n), GFP_KERNEL);
	struct ubuf_info *ubuf_info;
	unsigned int i;

	if (!n)
		return -ENOMEM;
	ubuf_info = kmalloc_array(UIO_MAXIOV, sizeof(*ubuf_info), GFP_KERNEL);
	if (!ubuf_info) {
		kfree(n);
		return -ENOMEM;
	}
	n->vqs[VHOST_NET_VQ_TX].ubuf_info = ubuf_info;
	n->vqs[VHOST_NET_VQ_TX].vq.handle_kick = handle_tx_kick;
	n->vqs[VHOST_NET_VQ_RX].vq.handle_kick = handle_rx_kick;
	for (i = 0; i < VHOST_NET_VQ_MAX; i++)
		n->vq_ptrs[i] = &n->vqs[i].vq;
	vhost_dev_init(&n->dev, n->vq_ptrs, VHOST_NET_VQ_MAX, UIO_MAXIOV + VHOST_NET_BATCH,
		       VHOST_NET_PKT_WEIGHT, VHOST_NET_WEIGHT);

	vhost_poll_init(n->poll + VHOST_NET_VQ_TX, handle_tx_net, EPOLLOUT,
			n->vq_ptrs[VHOST_NET_VQ_TX]);
	vhost_poll_init(n->poll + VHOST_NET_VQ_RX, handle_rx_net, EPOLLIN,
			n->vq_ptrs[VHOST_NET_VQ_RX]);
	f->private_data = n;
	return 0;
}

static void vhost_net_flush(struct vhost_net *n)
{
	struct vhost_net_virtqueue *nvq = &n->vqs[VHOST_NET_VQ_TX];

	vhost_dev_flush(&n->dev);
	if (!nvq->ubufs)
		return;
	mutex_lock(&nvq->vq.mutex);
	n->tx_flush = true;
	mutex_unlock(&nvq->vq.mutex);
	vhost_net_ubuf_put_and_wait(nvq->ubufs);
	mutex_lock(&nvq->vq.mutex);
	n->tx_flush = false;
	atomic_set(&nvq->ubufs->refcount, 1);
	mutex_unlock(&nvq->vq.mutex);
}

static struct socket *vhost_net_stop_vq(struct vhost_net *n, struct vhost_virtqueue *vq)
{
	struct socket *sock;

	mutex_lock(&vq->mutex);
	sock = vhost_vq_get_backend(vq);
	vhost_net_disable_vq(n, vq);
	vhost_vq_set_backend(vq, NULL);
	mutex_unlock(&vq->mutex);
	return sock;
}

static int vhost_net_release(struct inode *inode __maybe_unused, struct file *f)
{
	struct vhost_net *n = f->private_data;
	struct socket *socks[VHOST_NET_VQ_MAX];
	unsigned int i;

	for (i = 0; i < VHOST_NET_VQ_MAX; i++)
		socks[i] = vhost_net_stop_vq(n, &n->vqs[i].vq);
	vhost_net_flush(n);
	vhost_dev_stop(&n->dev);
	vhost_dev_cleanup(&n->dev);
	for (i = 0; i < VHOST_NET_VQ_MAX; i++) {
		if (socks[i])
			sockfd_put(socks[i]);
		kfree(n->vqs[i].ubufs);
		kfree(n->vqs[i].ubuf_info);
	}
	kfree(n);
	return 0;
}

static long vhost_net_set_backend(struct vhost_net *n, unsigned int index, int fd)
{
	struct vhost_net_ubuf_ref *ubufs, *oldubufs = NULL;
	struct socket *sock = NULL, *oldsock;
	struct vhost_net_virtqueue *nvq;
	struct vhost_virtqueue *vq;
	long r;

	mutex_lock(&n->dev.mutex);
	r = vhost_dev_check_owner(&n->dev);
	if (r)
		goto err;
	r = -ENOBUFS;
	if (index >= VHOST_NET_VQ_MAX)
		goto err;
	nvq = &n->vqs[index];
	vq = &nvq->vq;
	mutex_lock(&vq->mutex);

	r = -EFAULT;
	if (!vhost_vq_access_ok(vq))
		goto err_vq;
	if (fd != VHOST_FILE_UNBIND) {
		r = -ENOTSOCK;
		sock = sockfd_lookup(fd);
		if (!sock)
			goto err_vq;
	}

	oldsock = vhost_vq_get_backend(vq);
	ubufs = vhost_net_ubuf_alloc(vq, sock && sock->zerocopy);
	if (IS_ERR(ubufs)) {
		r = PTR_ERR(ubufs);
		goto err_sock;
	}
	vhost_net_disable_vq(n, vq);
	vhost_vq_set_backend(vq, sock);
	/* Crossing: it is the owner who calls, and the ring's mutex keeps the worker out. */
	r = ((__force int (*)(struct vhost_virtqueue *))vhost_vq_init_access)(vq);
	if (!r)
		r = vhost_net_enable_vq(n, vq);
	if (r)
		goto err_used;

	oldubufs = nvq->ubufs;
	nvq->ubufs = ubufs;
	n->tx_packets = 0;
	n->tx_zcopy_err = 0;
	n->tx_flush = false;
	mutex_unlock(&vq->mutex);

	if (oldubufs) {
		vhost_net_ubuf_put_wait_and_free(oldubufs);
		mutex_lock(&vq->mutex);
		/* Crossing, as above: what the old backend has finished goes back. */
		((__force void (*)(struct vhost_net *, struct vhost_virtqueue *))
			 vhost_zerocopy_signal_used)(n, vq);
		mutex_unlock(&vq->mutex);
	}
	if (oldsock) {
		vhost_dev_flush(&n->dev);
		sockfd_put(oldsock);
	}
	mutex_unlock(&n->dev.mutex);
	return 0;

err_used:
	vhost_vq_set_backend(vq, oldsock);
	vhost_net_enable_vq(n, vq);
	kfree(ubufs);
err_sock:
	if (sock)
		sockfd_put(sock);
err_vq:
	mutex_unlock(&vq->mutex);
err:
	mutex_unlock(&n->dev.mutex);
	return r;
}

static long vhost_net_set_features(struct vhost_net *n, u64 features)
{
	unsigned int i;
	long r = 0;

	if (features & ~VHOST_NET_FEATURES)
		return -EOPNOTSUPP;
	mutex_lock(&n->dev.mutex);
	if (features & (1ULL << VIRTIO_F_ACCESS_PLATFORM))
		r = vhost_init_device_iotlb(&n->dev);
	else
		vhost_clear_device_iotlb(&n->dev);
	for (i = 0; !r && i < VHOST_NET_VQ_MAX; i++) {
		mutex_lock(&n->vqs[i].vq.mutex);
		n->vqs[i].vq.acked_features = features;
		mutex_unlock(&n->vqs[i].vq.mutex);
	}
	mutex_unlock(&n->dev.mutex);
	return r;
}

static long vhost_net_ioctl(struct file *f, unsigned int ioctl, unsigned long arg)
{
	struct vhost_net *n = f->private_data;
	void __user *argp = (void __user *)arg;
	u64 __user *featurep = argp;
	struct vhost_vring_file backend;
	u64 features;
	long r;

	switch (ioctl) {
	case VHOST_NET_SET_BACKEND:
		if (copy_from_user(&backend, argp, sizeof(backend)))
			return -EFAULT;
		return vhost_net_set_backend(n, backend.index, backend.fd);
	case VHOST_GET_FEATURES:
		features = VHOST_NET_FEATURES;
		return copy_to_user(featurep, &features, sizeof(features)) ? -EFAULT : 0;
	case VHOST_SET_FEATURES:
		if (copy_from_user(&features, featurep, sizeof(features)))
			return -EFAULT;
		return vhost_net_set_features(n, features);
	default:
		mutex_lock(&n->dev.mutex);
		r = vhost_dev_ioctl(&n->dev, ioctl, argp);
		if (r == -ENOIOCTLCMD)
			r = vhost_vring_ioctl(&n->dev, ioctl, argp);
		else
			vhost_net_flush(n);
		mutex_unlock(&n->dev.mutex);
		return r;
	}
}

static ssize_t vhost_net_chr_read(struct file *f, char __user *buf, size_t len)
{
	struct vhost_net *n = f->private_data;

	return vhost_chr_read(&n->dev, buf, len);
}

static ssize_t vhost_net_chr_write(struct file *f, const char __user *buf, size_t len)
{
	struct vhost_net *n = f->private_data;

	return vhost_chr_write(&n->dev, buf, len);
}

static const struct file_operations vhost_net_fops = {
	.open = vhost_net_open,
	.release = vhost_net_release,
	.unlocked_ioctl = vhost_net_ioctl,
	.read = vhost_net_chr_read,
	.write = vhost_net_chr_write,
};

static struct miscdevice vhost_net_misc = {
	.name = "vhost-net",
	.fops = &vhost_net_fops,
};

int vhost_net_init(void)
{
	misc_register(&vhost_net_misc);
	return 0;
}
