// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * vhost.c - work and workers, devices, what their owner sets, and the ring.
 *
 * All that touches a ring is below translate_desc.  The worker reaches it, in
 * its one call of the work's function, and so does an ioctl of the owner.
 */
#include "vhost.h"

#include "slab.h"
#include "uaccess.h"

#define VHOST_MAX_REGIONS	64

/* Each side leaves the index it wants to hear of behind the other side's ring. */
#define vhost_used_event(vq)	((__virtio16 __user *)&(vq)->avail->ring[(vq)->num])
#define vhost_avail_event(vq) \
	((__virtio16 __user *)(void __user *)((vq)->used->ring + (vq)->num))

void vhost_work_init(struct vhost_work *work, vhost_work_fn_t fn __uaccess)
{
	INIT_LIST_HEAD(&work->node);
	work->fn = fn;
}

static void vhost_worker_queue(struct vhost_worker *worker, struct vhost_work *work)
{
	spin_lock(&worker->lock);
	if (list_empty(&work->node)) {
		list_add_tail(&work->node, &worker->work_list);
		vhost_task_wake(worker->vtsk);
	}
	spin_unlock(&worker->lock);
}

bool vhost_vq_work_queue(struct vhost_virtqueue *vq, struct vhost_work *work)
{
	if (!vq->worker)
		return false;
	vhost_worker_queue(vq->worker, work);
	return true;
}

bool vhost_vq_has_work(struct vhost_virtqueue *vq)
{
	return vq->worker && !list_empty(&vq->worker->work_list);
}

static struct vhost_work *vhost_worker_next(struct vhost_worker *worker)
{
	struct vhost_work *work = NULL;

	spin_lock(&worker->lock);
	if (!list_empty(&worker->work_list)) {
		work = list_first_entry(&worker->work_list, struct vhost_work, node);
		list_del(&work->node);
	}
	spin_unlock(&worker->lock);
	return work;
}

/*
 * The task of a worker runs this, in the memory of the device's owner: this is
 * where handlers come into their context, and the only caller they have.
 */
static bool vhost_run_work_list(void *data)
{
	struct vhost_work *work = vhost_worker_next(data);

	if (!work)
		return false;
	((__force vhost_work_fn_t)work->fn)(work);
	return true;
}

static struct vhost_worker *vhost_worker_create(void)
{
	struct vhost_worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);

	if (!worker)
		return NULL;
	spin_lock_init(&worker->lock);
	INIT_LIST_HEAD(&worker->work_list);
	worker->vtsk = vhost_task_create(vhost_run_work_list, worker);
	if (IS_ERR(worker->vtsk)) {
		kfree(worker);
		return NULL;
	}
	return worker;
}

struct vhost_flush_struct {
	struct vhost_work work;
	bool done;
};

static void vhost_flush_work(struct vhost_work *work)
{
	struct vhost_flush_struct *flush = container_of(work, struct vhost_flush_struct, work);

	WRITE_ONCE(flush->done, true);
}

/* Wait for what is queued now: work of our own comes behind it. */
void vhost_dev_flush(struct vhost_dev *dev)
{
	struct vhost_flush_struct flush = { .done = false };
	wait_queue_head_t wait;

	if (!dev->worker)
		return;
	init_waitqueue_head(&wait);
	vhost_work_init(&flush.work, vhost_flush_work);
	vhost_worker_queue(dev->worker, &flush.work);
	wait_event(wait, READ_ONCE(flush.done));
}

void vhost_poll_queue(struct vhost_poll *poll)
{
	vhost_vq_work_queue(poll->vq, &poll->work);
}

/* Of the poll table: the file names the queue that its events wake. */
static void vhost_poll_func(struct file *file __maybe_unused, wait_queue_head_t *wqh,
			    poll_table *table)
{
	struct vhost_poll *poll = container_of(table, struct vhost_poll, table);

	poll->wqh = wqh;
	add_wait_queue(wqh, &poll->wait);
}

static int vhost_poll_wakeup(wait_queue_entry_t *wait, unsigned int mode __maybe_unused,
			     int flags __maybe_unused, void *key)
{
	struct vhost_poll *poll = container_of(wait, struct vhost_poll, wait);

	if ((__poll_t)(unsigned long)key & poll->mask)
		vhost_poll_queue(poll);
	return 0;
}

void vhost_poll_init(struct vhost_poll *poll, vhost_work_fn_t fn __uaccess, __poll_t mask,
		     struct vhost_virtqueue *vq)
{
	init_waitqueue_func_entry(&poll->wait, vhost_poll_wakeup);
	poll->table.qproc = vhost_poll_func;
	poll->wqh = NULL;
	poll->mask = mask;
	poll->vq = vq;
	vhost_work_init(&poll->work, fn);
}

int vhost_poll_start(struct vhost_poll *poll, struct file *file)
{
	__poll_t mask;

	if (poll->wqh)
		return 0;
	mask = vfs_poll(file, &poll->table);
	if (mask)
		vhost_poll_wakeup(&poll->wait, 0, 0, (void *)(unsigned long)mask);
	if (mask & EPOLLERR) {
		vhost_poll_stop(poll);
		return -EINVAL;
	}
	return 0;
}

void vhost_poll_stop(struct vhost_poll *poll)
{
	if (!poll->wqh)
		return;
	remove_wait_queue(poll->wqh, &poll->wait);
	poll->wqh = NULL;
}

bool vhost_exceeds_weight(struct vhost_virtqueue *vq, int pkts, size_t total_len)
{
	if (pkts < vq->dev->weight && total_len < vq->dev->byte_weight)
		return false;
	vhost_poll_queue(&vq->poll);
	return true;
}

static void __vhost_vq_meta_reset(struct vhost_virtqueue *vq)
{
	unsigned int i;

	for (i = 0; i < VHOST_NUM_ADDRS; i++)
		vq->meta_iotlb[i] = NULL;
}

static void vhost_vq_reset(struct vhost_virtqueue *vq)
{
	vq->num = 1;
	vq->desc = NULL;
	vq->avail = NULL;
	vq->used = NULL;
	vq->kick = NULL;
	vq->call_ctx = NULL;
	vq->error_ctx = NULL;
	vq->last_avail_idx = 0;
	vq->avail_idx = 0;
	vq->last_used_idx = 0;
	vq->used_flags = 0;
	vq->signalled_used = 0;
	vq->signalled_used_valid = false;
	vq->heads = NULL;
	vq->umem = NULL;
	vq->iotlb = NULL;
	vq->private_data = NULL;
	vq->acked_features = 0;
	vq->is_le = host_is_little_endian();
	vq->busyloop_timeout = 0;
	vq->worker = NULL;
	__vhost_vq_meta_reset(vq);
}

void vhost_dev_init(struct vhost_dev *dev, struct vhost_virtqueue **vqs, unsigned int nvqs,
		    unsigned int iov_limit, int weight, size_t byte_weight)
{
	unsigned int i;

	dev->vqs = vqs;
	dev->nvqs = nvqs;
	dev->mm = NULL;
	dev->worker = NULL;
	dev->umem = NULL;
	dev->iotlb = NULL;
	dev->iov_limit = iov_limit;
	dev->weight = weight;
	dev->byte_weight = byte_weight;
	mutex_init(&dev->mutex);
	spin_lock_init(&dev->iotlb_lock);
	INIT_LIST_HEAD(&dev->read_list);
	INIT_LIST_HEAD(&dev->pending_list);

	for (i = 0; i < nvqs; i++) {
		struct vhost_virtqueue *vq = vqs[i];

		vq->dev = dev;
		mutex_init(&vq->mutex);
		vhost_vq_reset(vq);
		if (vq->handle_kick)
			vhost_poll_init(&vq->poll, vq->handle_kick, EPOLLIN, vq);
	}
}

long vhost_dev_check_owner(struct vhost_dev *dev)
{
	return dev->mm == current->mm ? 0 : -EPERM;
}

static void vhost_dev_free_heads(struct vhost_dev *dev)
{
	unsigned int i;

	for (i = 0; i < dev->nvqs; i++) {
		kfree(dev->vqs[i]->heads);
		dev->vqs[i]->heads = NULL;
	}
}

static long vhost_dev_set_owner(struct vhost_dev *dev)
{
	unsigned int i;

	if (dev->mm)
		return -EBUSY;

	for (i = 0; i < dev->nvqs; i++) {
		struct vhost_virtqueue *vq = dev->vqs[i];

		vq->heads = kmalloc_array(dev->iov_limit, sizeof(*vq->heads), GFP_KERNEL);
		if (!vq->heads)
			goto nomem;
	}
	dev->worker = vhost_worker_create();
	if (!dev->worker)
		goto nomem;
	for (i = 0; i < dev->nvqs; i++)
		dev->vqs[i]->worker = dev->worker;
	dev->mm = current->mm;
	return 0;

nomem:
	vhost_dev_free_heads(dev);
	return -ENOMEM;
}

void vhost_dev_stop(struct vhost_dev *dev)
{
	unsigned int i;

	for (i = 0; i < dev->nvqs; i++)
		if (dev->vqs[i]->kick && dev->vqs[i]->handle_kick)
			vhost_poll_stop(&dev->vqs[i]->poll);
	vhost_dev_flush(dev);
}

static void vhost_free_messages(struct list_head *head)
{
	struct vhost_msg_node *node, *next;

	list_for_each_entry_safe(node, next, head, node) {
		list_del(&node->node);
		kfree(node);
	}
}

static void vhost_clear_msg(struct vhost_dev *dev)
{
	spin_lock(&dev->iotlb_lock);
	vhost_free_messages(&dev->read_list);
	vhost_free_messages(&dev->pending_list);
	spin_unlock(&dev->iotlb_lock);
}

void vhost_dev_cleanup(struct vhost_dev *dev)
{
	unsigned int i;

	vhost_dev_free_heads(dev);
	for (i = 0; i < dev->nvqs; i++) {
		struct vhost_virtqueue *vq = dev->vqs[i];

		if (vq->error_ctx)
			eventfd_ctx_put(vq->error_ctx);
		if (vq->kick)
			fput(vq->kick);
		if (vq->call_ctx)
			eventfd_ctx_put(vq->call_ctx);
		vhost_vq_reset(vq);
	}
	vhost_iotlb_free(dev->umem);
	dev->umem = NULL;
	vhost_iotlb_free(dev->iotlb);
	dev->iotlb = NULL;
	vhost_clear_msg(dev);
	if (dev->worker) {
		vhost_task_stop(dev->worker->vtsk);
		kfree(dev->worker);
		dev->worker = NULL;
	}
	dev->mm = NULL;
}

static size_t vhost_event_size(struct vhost_virtqueue *vq)
{
	return vhost_has_feature(vq, VIRTIO_RING_F_EVENT_IDX) ? sizeof(__virtio16) : 0;
}

static size_t vhost_get_desc_size(struct vhost_virtqueue *vq, unsigned int num)
{
	return sizeof(*vq->desc) * num;
}

static size_t vhost_get_avail_size(struct vhost_virtqueue *vq, unsigned int num)
{
	return sizeof(*vq->avail) + sizeof(__virtio16) * num + vhost_event_size(vq);
}

static size_t vhost_get_used_size(struct vhost_virtqueue *vq, unsigned int num)
{
	return sizeof(*vq->used) + sizeof(struct vring_used_elem) * num + vhost_event_size(vq);
}

static bool vq_memory_access_ok(struct vhost_iotlb *umem)
{
	struct vhost_iotlb_map *map;

	if (!umem)
		return false;
	list_for_each_entry(map, &umem->list, link)
		if (!access_ok((void __user *)(unsigned long)map->addr,
			       map->last - map->start + 1))
			return false;
	return true;
}

/* With an iotlb the addresses are the guest's: checked when they are translated. */
static bool vq_access_ok(struct vhost_virtqueue *vq, vring_desc_t __user *desc,
			 vring_avail_t __user *avail, vring_used_t __user *used)
{
	return vq->iotlb || (access_ok(desc, vhost_get_desc_size(vq, vq->num)) &&
			     access_ok(avail, vhost_get_avail_size(vq, vq->num)) &&
			     access_ok(used, vhost_get_used_size(vq, vq->num)));
}

bool vhost_vq_access_ok(struct vhost_virtqueue *vq)
{
	return vq_memory_access_ok(vq->umem) && vq_access_ok(vq, vq->desc, vq->avail, vq->used);
}

static long vhost_set_memory(struct vhost_dev *dev, struct vhost_memory __user *argp)
{
	struct vhost_memory_region region;
	struct vhost_iotlb *umem;
	struct vhost_memory mem;
	unsigned int i;

	if (copy_from_user(&mem, argp, sizeof(mem)))
		return -EFAULT;
	if (mem.padding || mem.nregions > VHOST_MAX_REGIONS)
		return -EINVAL;
	umem = vhost_iotlb_alloc();
	if (!umem)
		return -ENOMEM;
	for (i = 0; i < mem.nregions; i++) {
		if (copy_from_user(&region, argp->regions + i, sizeof(region)) ||
		    vhost_iotlb_add_range(umem, region.guest_phys_addr,
					  region.guest_phys_addr + region.memory_size - 1,
					  region.userspace_addr, VHOST_ACCESS_RW))
			goto fault;
	}
	if (!vq_memory_access_ok(umem))
		goto fault;

	swap(dev->umem, umem);
	for (i = 0; i < dev->nvqs; i++) {
		mutex_lock(&dev->vqs[i]->mutex);
		dev->vqs[i]->umem = dev->umem;
		mutex_unlock(&dev->vqs[i]->mutex);
	}
	vhost_iotlb_free(umem);
	return 0;

fault:
	vhost_iotlb_free(umem);
	return -EFAULT;
}

long vhost_dev_ioctl(struct vhost_dev *dev, unsigned int ioctl, void __user *argp)
{
	long r;

	if (ioctl == VHOST_SET_OWNER)
		return vhost_dev_set_owner(dev);

	r = vhost_dev_check_owner(dev);
	if (r)
		return r;
	return ioctl == VHOST_SET_MEM_TABLE ? vhost_set_memory(dev, argp) : -ENOIOCTLCMD;
}

static long vhost_vring_set_num(struct vhost_virtqueue *vq, void __user *argp)
{
	struct vhost_vring_state state;

	if (vq->private_data)
		return -EBUSY;
	if (copy_from_user(&state, argp, sizeof(state)))
		return -EFAULT;
	if (!state.num || state.num > 0xffff || (state.num & (state.num - 1)))
		return -EINVAL;
	vq->num = state.num;
	__vhost_vq_meta_reset(vq);
	return 0;
}

static long vhost_vring_set_addr(struct vhost_virtqueue *vq, void __user *argp)
{
	struct vhost_vring_addr a;
	vring_avail_t __user *avail;
	vring_used_t __user *used;
	vring_desc_t __user *desc;

	if (copy_from_user(&a, argp, sizeof(a)))
		return -EFAULT;
	if (a.flags)
		return -EOPNOTSUPP;
	if ((a.avail_user_addr & (sizeof(__virtio16) - 1)) ||
	    (a.used_user_addr & (sizeof(__virtio32) - 1)))
		return -EINVAL;

	desc = (vring_desc_t __user *)(unsigned long)a.desc_user_addr;
	avail = (vring_avail_t __user *)(unsigned long)a.avail_user_addr;
	used = (vring_used_t __user *)(unsigned long)a.used_user_addr;
	if (vq->private_data && !vq_access_ok(vq, desc, avail, used))
		return -EINVAL;
	vq->desc = desc;
	vq->avail = avail;
	vq->used = used;
	__vhost_vq_meta_reset(vq);
	return 0;
}

static long vhost_vring_set_base(struct vhost_virtqueue *vq, void __user *argp)
{
	struct vhost_vring_state state;

	if (vq->private_data)
		return -EBUSY;
	if (copy_from_user(&state, argp, sizeof(state)))
		return -EFAULT;
	if (state.num > 0xffff)
		return -EINVAL;
	vq->last_avail_idx = (u16)state.num;
	vq->avail_idx = vq->last_avail_idx;
	return 0;
}

static long vhost_vring_set_kick(struct vhost_virtqueue *vq, void __user *argp)
{
	struct file *file = NULL;
	struct vhost_vring_file f;

	if (copy_from_user(&f, argp, sizeof(f)))
		return -EFAULT;
	if (f.fd != VHOST_FILE_UNBIND)
		file = eventfd_fget(f.fd);
	if (IS_ERR(file))
		return PTR_ERR(file);

	if (vq->kick && vq->handle_kick)
		vhost_poll_stop(&vq->poll);
	swap(vq->kick, file);
	if (file)
		fput(file);
	return vq->kick && vq->handle_kick ? vhost_poll_start(&vq->poll, vq->kick) : 0;
}

static long vhost_vring_set_ctx(struct eventfd_ctx **slot, void __user *argp)
{
	struct eventfd_ctx *ctx = NULL;
	struct vhost_vring_file f;

	if (copy_from_user(&f, argp, sizeof(f)))
		return -EFAULT;
	if (f.fd != VHOST_FILE_UNBIND)
		ctx = eventfd_ctx_fdget(f.fd);
	if (IS_ERR(ctx))
		return PTR_ERR(ctx);
	swap(*slot, ctx);
	if (ctx)
		eventfd_ctx_put(ctx);
	return 0;
}

long vhost_vring_ioctl(struct vhost_dev *dev, unsigned int ioctl, void __user *argp)
{
	u32 __user *idxp = argp;
	struct vhost_vring_state state;
	struct vhost_virtqueue *vq;
	u32 idx;
	long r;

	r = get_user(idx, idxp);
	if (r < 0)
		return r;
	if (idx >= dev->nvqs)
		return -ENOBUFS;
	idx = (u32)array_index_nospec(idx, dev->nvqs);
	vq = dev->vqs[idx];

	mutex_lock(&vq->mutex);
	switch (ioctl) {
	case VHOST_SET_VRING_NUM:
		r = vhost_vring_set_num(vq, argp);
		break;
	case VHOST_SET_VRING_ADDR:
		r = vhost_vring_set_addr(vq, argp);
		break;
	case VHOST_SET_VRING_BASE:
		r = vhost_vring_set_base(vq, argp);
		break;
	case VHOST_GET_VRING_BASE:
		state.index = idx;
		state.num = vq->last_avail_idx;
		r = copy_to_user(argp, &state, sizeof(state)) ? -EFAULT : 0;
		break;
	case VHOST_SET_VRING_KICK:
		r = vhost_vring_set_kick(vq, argp);
		break;
	case VHOST_SET_VRING_CALL:
		r = vhost_vring_set_ctx(&vq->call_ctx, argp);
		break;
	case VHOST_SET_VRING_ERR:
		r = vhost_vring_set_ctx(&vq->error_ctx, argp);
		break;
	case VHOST_SET_VRING_BUSYLOOP_TIMEOUT:
		r = copy_from_user(&state, argp, sizeof(state)) ? -EFAULT : 0;
		if (!r)
			vq->busyloop_timeout = state.num;
		break;
	default:
		r = -ENOIOCTLCMD;
	}
	mutex_unlock(&vq->mutex);
	return r;
}

int vhost_init_device_iotlb(struct vhost_dev *dev)
{
	struct vhost_iotlb *iotlb = vhost_iotlb_alloc();
	unsigned int i;

	if (!iotlb)
		return -ENOMEM;
	swap(dev->iotlb, iotlb);
	for (i = 0; i < dev->nvqs; i++) {
		mutex_lock(&dev->vqs[i]->mutex);
		dev->vqs[i]->iotlb = dev->iotlb;
		__vhost_vq_meta_reset(dev->vqs[i]);
		mutex_unlock(&dev->vqs[i]->mutex);
	}
	vhost_iotlb_free(iotlb);
	return 0;
}

void vhost_clear_device_iotlb(struct vhost_dev *dev)
{
	struct vhost_iotlb *iotlb = NULL;
	unsigned int i;

	swap(dev->iotlb, iotlb);
	for (i = 0; i < dev->nvqs; i++) {
		mutex_lock(&dev->vqs[i]->mutex);
		dev->vqs[i]->iotlb = NULL;
		__vhost_vq_meta_reset(dev->vqs[i]);
		mutex_unlock(&dev->vqs[i]->mutex);
	}
	vhost_clear_msg(dev);
	vhost_iotlb_free(iotlb);
}

/* Ask the owner for a translation; it reads the question and writes the answer. */
static int vhost_iotlb_miss(struct vhost_virtqueue *vq, u64 iova, int access)
{
	struct vhost_msg_node *node = kzalloc(sizeof(*node), GFP_KERNEL);
	struct vhost_dev *dev = vq->dev;

	if (!node)
		return -ENOMEM;
	node->vq = vq;
	node->msg.type = VHOST_IOTLB_MISS;
	node->msg.iova = iova;
	node->msg.perm = (u8)access;
	spin_lock(&dev->iotlb_lock);
	list_add_tail(&node->node, &dev->read_list);
	spin_unlock(&dev->iotlb_lock);
	return 0;
}

ssize_t vhost_chr_read(struct vhost_dev *dev, char __user *buf, size_t len)
{
	struct vhost_msg_node *node = NULL;

	if (len < sizeof(node->msg))
		return 0;
	spin_lock(&dev->iotlb_lock);
	if (!list_empty(&dev->read_list)) {
		node = list_first_entry(&dev->read_list, struct vhost_msg_node, node);
		list_del(&node->node);
	}
	spin_unlock(&dev->iotlb_lock);
	if (!node)
		return -EAGAIN;
	if (copy_to_user(buf, &node->msg, sizeof(node->msg))) {
		kfree(node);
		return -EFAULT;
	}
	spin_lock(&dev->iotlb_lock);
	list_add_tail(&node->node, &dev->pending_list);
	spin_unlock(&dev->iotlb_lock);
	return sizeof(node->msg);
}

/* The rings that waited for this translation go on. */
static void vhost_iotlb_notify_vq(struct vhost_dev *dev, const struct vhost_iotlb_msg *msg)
{
	struct vhost_msg_node *node, *next;

	spin_lock(&dev->iotlb_lock);
	list_for_each_entry_safe(node, next, &dev->pending_list, node) {
		if (node->msg.iova < msg->iova || node->msg.iova - msg->iova >= msg->size)
			continue;
		vhost_poll_queue(&node->vq->poll);
		list_del(&node->node);
		kfree(node);
	}
	spin_unlock(&dev->iotlb_lock);
}

static int vhost_iotlb_change(struct vhost_dev *dev, const struct vhost_iotlb_msg *msg)
{
	u64 last = msg->iova + msg->size - 1;
	int ret;

	if (!dev->iotlb || !msg->size)
		return -EFAULT;
	if (msg->type == VHOST_IOTLB_INVALIDATE) {
		vhost_iotlb_del_range(dev->iotlb, msg->iova, last);
		return 0;
	}
	if (msg->type != VHOST_IOTLB_UPDATE)
		return -EINVAL;
	if (!access_ok((void __user *)(unsigned long)msg->uaddr, msg->size))
		return -EFAULT;
	ret = vhost_iotlb_add_range(dev->iotlb, msg->iova, last, msg->uaddr, msg->perm);
	if (!ret)
		vhost_iotlb_notify_vq(dev, msg);
	return ret;
}

ssize_t vhost_chr_write(struct vhost_dev *dev, const char __user *buf, size_t len)
{
	struct vhost_iotlb_msg msg;
	unsigned int i;
	int ret;

	if (len < sizeof(msg))
		return -EINVAL;
	if (copy_from_user(&msg, buf, sizeof(msg)))
		return -EFAULT;

	mutex_lock(&dev->mutex);
	for (i = 0; i < dev->nvqs; i++) {
		mutex_lock_nested(&dev->vqs[i]->mutex, i);
		/* The kept translations point into the list that is about to change. */
		__vhost_vq_meta_reset(dev->vqs[i]);
	}
	ret = vhost_iotlb_change(dev, &msg);
	for (i = 0; i < dev->nvqs; i++)
		mutex_unlock(&dev->vqs[i]->mutex);
	mutex_unlock(&dev->mutex);
	return ret ? ret : (ssize_t)sizeof(msg);
}

/*
 * The pieces of user memory that hold the range: how many, or an error.  The
 * owner is asked for what is missing, and that may sleep.
 */
int translate_desc(struct vhost_virtqueue *vq, u64 addr, u32 len, struct iovec iov[],
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
static inline int __uaccess vhost_put_avail_event(struct vhost_virtqueue *vq)
{
	return vhost_put_user(vq, cpu_to_vhost16(vq, vq->avail_idx), vhost_avail_event(vq));
}

static inline int __uaccess vhost_put_used(struct vhost_virtqueue *vq,
					   const struct vring_used_elem *head, unsigned int idx,
					   unsigned int count)
{
	return vhost_copy_to_user(vq, vq->used->ring + idx, head,
				  count * (unsigned int)sizeof(*head));
}

static inline int __uaccess vhost_put_used_flags(struct vhost_virtqueue *vq)
{
	return vhost_put_user(vq, cpu_to_vhost16(vq, vq->used_flags), &vq->used->flags);
}

static inline int __uaccess vhost_put_used_idx(struct vhost_virtqueue *vq)
{
	return vhost_put_user(vq, cpu_to_vhost16(vq, vq->last_used_idx), &vq->used->idx);
}

/* 1: the guest has added something; 0: it has not. */
static inline int __uaccess vhost_get_avail_idx(struct vhost_virtqueue *vq)
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

static inline int __uaccess vhost_get_avail_head(struct vhost_virtqueue *vq, __virtio16 *head,
						 unsigned int idx)
{
	return vhost_get_avail(vq, *head, &vq->avail->ring[idx & (vq->num - 1)]);
}

static inline int __uaccess vhost_get_avail_flags(struct vhost_virtqueue *vq, __virtio16 *flags)
{
	return vhost_get_avail(vq, *flags, &vq->avail->flags);
}

static inline int __uaccess vhost_get_used_event(struct vhost_virtqueue *vq, __virtio16 *event)
{
	return vhost_get_avail(vq, *event, vhost_used_event(vq));
}

static inline int __uaccess vhost_get_used_idx(struct vhost_virtqueue *vq, __virtio16 *idx)
{
	return vhost_get_used(vq, *idx, &vq->used->idx);
}

static inline int __uaccess vhost_get_desc(struct vhost_virtqueue *vq, struct vring_desc *desc,
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

static int __uaccess vhost_update_used_flags(struct vhost_virtqueue *vq)
{
	return vhost_put_used_flags(vq) ? -EFAULT : 0;
}

static int __uaccess vhost_update_avail_event(struct vhost_virtqueue *vq)
{
	return vhost_put_avail_event(vq) ? -EFAULT : 0;
}

/* A backend has been set: start where the guest's ring says. */
int __uaccess vhost_vq_init_access(struct vhost_virtqueue *vq)
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
int __uaccess vhost_get_vq_desc(struct vhost_virtqueue *vq, struct iovec iov[],
				unsigned int iov_size, unsigned int *out_num, unsigned int *in_num)
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

static int __uaccess __vhost_add_used_n(struct vhost_virtqueue *vq, struct vring_used_elem *heads,
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

int __uaccess vhost_add_used_n(struct vhost_virtqueue *vq, struct vring_used_elem *heads,
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

int __uaccess vhost_add_used(struct vhost_virtqueue *vq, unsigned int head, unsigned int len)
{
	struct vring_used_elem elem = {
		.id = cpu_to_vhost32(vq, head),
		.len = cpu_to_vhost32(vq, len),
	};

	return vhost_add_used_n(vq, &elem, 1);
}

/* Does the guest want to be interrupted? */
static bool __uaccess vhost_notify(struct vhost_dev *dev __maybe_unused, struct vhost_virtqueue *vq)
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

void __uaccess vhost_signal(struct vhost_dev *dev, struct vhost_virtqueue *vq)
{
	if (vq->call_ctx && vhost_notify(dev, vq))
		eventfd_signal(vq->call_ctx);
}

void __uaccess vhost_add_used_and_signal(struct vhost_dev *dev, struct vhost_virtqueue *vq,
					 unsigned int head, unsigned int len)
{
	vhost_add_used(vq, head, len);
	vhost_signal(dev, vq);
}

void __uaccess vhost_add_used_and_signal_n(struct vhost_dev *dev, struct vhost_virtqueue *vq,
					   struct vring_used_elem *heads, unsigned int count)
{
	vhost_add_used_n(vq, heads, count);
	vhost_signal(dev, vq);
}

/* True only if sure: on an error the caller goes on and finds it. */
bool __uaccess vhost_vq_avail_empty(struct vhost_dev *dev __maybe_unused,
				    struct vhost_virtqueue *vq)
{
	return vq->avail_idx == vq->last_avail_idx && !vhost_get_avail_idx(vq);
}

/* True: the guest has added something in between, and will not kick for it. */
bool __uaccess vhost_enable_notify(struct vhost_dev *dev __maybe_unused, struct vhost_virtqueue *vq)
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

void __uaccess vhost_disable_notify(struct vhost_dev *dev __maybe_unused,
				    struct vhost_virtqueue *vq)
{
	if (vq->used_flags & VRING_USED_F_NO_NOTIFY)
		return;
	vq->used_flags |= VRING_USED_F_NO_NOTIFY;
	if (!vhost_has_feature(vq, VIRTIO_RING_F_EVENT_IDX) && vhost_update_used_flags(vq))
		vq_err(vq, "cannot disable notification\n");
}
