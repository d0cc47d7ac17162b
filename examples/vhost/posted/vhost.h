/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * vhost.h - devices whose rings a guest fills and the host serves.
 *
 * Who may touch the rings: the worker, which runs in the owner's memory, and
 * an ioctl of the owner while no work is done on the ring.  The code says so
 * nowhere but here.
 */
#ifndef EXAMPLES_VHOST_H
#define EXAMPLES_VHOST_H

#include "../include/packed_ring.h"
#include "../include/vhost_iotlb.h"
#include "../include/vhost_uapi.h"
#include "../include/virtio_ring.h"
#include "file.h"
#include "uio.h"

struct vhost_dev;
struct vhost_virtqueue;
struct vhost_work;

typedef void (*vhost_work_fn_t)(struct vhost_work *work);

struct vhost_work {
	struct list_head node;
	vhost_work_fn_t fn;
};

struct vhost_worker {
	struct vhost_task *vtsk;
	spinlock_t lock;		/* of the list */
	struct list_head work_list;
};

/* Queue the work when the file (an eventfd or a socket) has an event of the mask. */
struct vhost_poll {
	poll_table table;
	wait_queue_head_t *wqh;
	wait_queue_entry_t wait;
	struct vhost_work work;
	__poll_t mask;
	struct vhost_virtqueue *vq;
};

enum vhost_uaddr_type {
	VHOST_ADDR_DESC,
	VHOST_ADDR_AVAIL,
	VHOST_ADDR_USED,
	VHOST_NUM_ADDRS,
};

struct vhost_virtqueue {
	struct vhost_dev *dev;
	struct vhost_worker *worker;
	struct mutex mutex;

	/* The ring, in user memory; guest addresses when there is an iotlb. */
	unsigned int num;
	vring_desc_t __user *desc;
	vring_avail_t __user *avail;
	vring_used_t __user *used;
	const struct vhost_iotlb_map *meta_iotlb[VHOST_NUM_ADDRS];

	struct file *kick;
	struct eventfd_ctx *call_ctx;
	struct eventfd_ctx *error_ctx;
	struct vhost_poll poll;
	vhost_work_fn_t handle_kick;	/* the guest has filled the ring */

	u16 last_avail_idx;		/* next to take */
	u16 avail_idx;			/* the guest's, as last read */
	u16 last_used_idx;
	u16 used_flags;
	u16 signalled_used;
	bool signalled_used_valid;

	struct iovec iov[UIO_MAXIOV];
	struct iovec iotlb_iov[64];
	struct vring_used_elem *heads;
	struct vhost_iotlb *umem;
	struct vhost_iotlb *iotlb;
	void *private_data;		/* the backend; the ring is served while it is set */
	u64 acked_features;
	bool is_le;
	u32 busyloop_timeout;
};

struct vhost_msg_node {
	struct vhost_iotlb_msg msg;
	struct vhost_virtqueue *vq;
	struct list_head node;
};

struct vhost_dev {
	struct mm_struct *mm;		/* the owner's */
	struct mutex mutex;
	struct vhost_virtqueue **vqs;
	unsigned int nvqs;
	struct vhost_worker *worker;
	struct vhost_iotlb *umem;
	struct vhost_iotlb *iotlb;
	spinlock_t iotlb_lock;
	struct list_head read_list;	/* misses to tell the owner about */
	struct list_head pending_list;	/* misses it has read and not answered */
	unsigned int iov_limit;
	int weight;
	size_t byte_weight;
};

/* vhost.c: work, devices, what the owner sets. */
void vhost_work_init(struct vhost_work *work, vhost_work_fn_t fn);
bool vhost_vq_work_queue(struct vhost_virtqueue *vq, struct vhost_work *work);
bool vhost_vq_has_work(struct vhost_virtqueue *vq);
void vhost_poll_init(struct vhost_poll *poll, vhost_work_fn_t fn, __poll_t mask,
		     struct vhost_virtqueue *vq);
int vhost_poll_start(struct vhost_poll *poll, struct file *file);
void vhost_poll_stop(struct vhost_poll *poll);
void vhost_poll_queue(struct vhost_poll *poll);

void vhost_dev_init(struct vhost_dev *dev, struct vhost_virtqueue **vqs, unsigned int nvqs,
		    unsigned int iov_limit, int weight, size_t byte_weight);
long vhost_dev_check_owner(struct vhost_dev *dev);
void vhost_dev_flush(struct vhost_dev *dev);
void vhost_dev_stop(struct vhost_dev *dev);
void vhost_dev_cleanup(struct vhost_dev *dev);
long vhost_dev_ioctl(struct vhost_dev *dev, unsigned int ioctl, void __user *argp);
long vhost_vring_ioctl(struct vhost_dev *dev, unsigned int ioctl, void __user *argp);
bool vhost_vq_access_ok(struct vhost_virtqueue *vq);
bool vhost_exceeds_weight(struct vhost_virtqueue *vq, int pkts, size_t total_len);
int vhost_init_device_iotlb(struct vhost_dev *dev);
void vhost_clear_device_iotlb(struct vhost_dev *dev);
ssize_t vhost_chr_read(struct vhost_dev *dev, char __user *buf, size_t len);
ssize_t vhost_chr_write(struct vhost_dev *dev, const char __user *buf, size_t len);

/* vhost.c: the ring.  translate_desc allocates what it asks the owner. */
int translate_desc(struct vhost_virtqueue *vq, u64 addr, u32 len, struct iovec iov[],
		   unsigned int iov_size, int access) __may_sleep;
int vq_meta_prefetch(struct vhost_virtqueue *vq);
int vhost_vq_init_access(struct vhost_virtqueue *vq);
int vhost_get_vq_desc(struct vhost_virtqueue *vq, struct iovec iov[], unsigned int iov_size,
		      unsigned int *out_num, unsigned int *in_num);
void vhost_discard_vq_desc(struct vhost_virtqueue *vq, unsigned int n);
int vhost_add_used(struct vhost_virtqueue *vq, unsigned int head, unsigned int len);
int vhost_add_used_n(struct vhost_virtqueue *vq, struct vring_used_elem *heads,
		     unsigned int count);
void vhost_signal(struct vhost_dev *dev, struct vhost_virtqueue *vq);
void vhost_add_used_and_signal(struct vhost_dev *dev, struct vhost_virtqueue *vq,
			       unsigned int head, unsigned int len);
void vhost_add_used_and_signal_n(struct vhost_dev *dev, struct vhost_virtqueue *vq,
				 struct vring_used_elem *heads, unsigned int count);
bool vhost_vq_avail_empty(struct vhost_dev *dev, struct vhost_virtqueue *vq);
bool vhost_enable_notify(struct vhost_dev *dev, struct vhost_virtqueue *vq);
void vhost_disable_notify(struct vhost_dev *dev, struct vhost_virtqueue *vq);

/*
 * packed.c: the descriptors that the guest has added to a packed ring, at most
 * VHOST_PACKED_BATCH, as the guest wrote them.  How many, or an error.
 */
#define VHOST_PACKED_BATCH	64
int vhost_get_packed_batch(struct vhost_virtqueue *vq, vring_packed_desc_t adesc[]);

/* net.c and vsock.c: the devices. */
int vhost_net_init(void);
int vhost_vsock_init(void);

#define vq_err(vq, fmt, ...)						\
do {									\
	pr_debug(fmt, ##__VA_ARGS__);					\
	if ((vq)->error_ctx)						\
		eventfd_signal((vq)->error_ctx);			\
} while (0)

/* The two below: with the ring's mutex held. */
static inline void vhost_vq_set_backend(struct vhost_virtqueue *vq, void *private_data)
{
	vq->private_data = private_data;
}

static inline void *vhost_vq_get_backend(struct vhost_virtqueue *vq)
{
	return vq->private_data;
}

static inline bool vhost_has_feature(struct vhost_virtqueue *vq, int bit)
{
	return vq->acked_features & (1ULL << bit);
}

static inline bool vhost_same_endian(struct vhost_virtqueue *vq)
{
	return vq->is_le == host_is_little_endian();
}

static inline u16 vhost16_to_cpu(struct vhost_virtqueue *vq, __virtio16 val)
{
	return swap16_unless(vhost_same_endian(vq), val);
}

static inline __virtio16 cpu_to_vhost16(struct vhost_virtqueue *vq, u16 val)
{
	return swap16_unless(vhost_same_endian(vq), val);
}

static inline u32 vhost32_to_cpu(struct vhost_virtqueue *vq, __virtio32 val)
{
	return swap32_unless(vhost_same_endian(vq), val);
}

static inline __virtio32 cpu_to_vhost32(struct vhost_virtqueue *vq, u32 val)
{
	return swap32_unless(vhost_same_endian(vq), val);
}

static inline u64 vhost64_to_cpu(struct vhost_virtqueue *vq, __virtio64 val)
{
	return swap64_unless(vhost_same_endian(vq), val);
}

#endif
