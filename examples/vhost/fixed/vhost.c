// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/*
 * vhost.c - work and workers, devices, and what their owner sets.
 *
 * Nothing here touches a ring.  All that does is reached through one call:
 * the worker's, of the work's function.
 */
#include "vhost.h"

#include "slab.h"
#include "uaccess.h"

#define VHOST_MAX_REGIONS	64

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

size_t vhost_get_desc_size(struct vhost_virtqueue *vq, unsigned int num)
{
	return sizeof(*vq->desc) * num;
}

size_t vhost_get_avail_size(struct vhost_virtqueue *vq, unsigned int num)
{
	return sizeof(*vq->avail) + sizeof(__virtio16) * num + vhost_event_size(vq);
}

size_t vhost_get_used_size(struct vhost_virtqueue *vq, unsigned int num)
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
int vhost_iotlb_miss(struct vhost_virtqueue *vq, u64 iova, int access)
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
