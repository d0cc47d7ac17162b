// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A guest with a packed ring of 100 descriptors, of which it makes 96 available, then goes once round.
#include "vhost.h"

#include <stdio.h>

#define NUM 100

static vring_packed_desc_t ring[NUM];
static vring_packed_desc_t adesc[VHOST_PACKED_BATCH];
static struct vhost_virtqueue vq;
static struct vhost_dev dev;

static void make_available(unsigned int from, unsigned int to, bool wrap)
{
	for (; from < to; from++) {
		ring[from].addr = from;
		ring[from].flags = (u16)((unsigned int)wrap << VRING_PACKED_DESC_F_AVAIL |
					 (unsigned int)!wrap << VRING_PACKED_DESC_F_USED);
	}
}

static void take(void)
{
	int n = vhost_get_packed_batch(&vq, adesc);

	if (n > 0)
		printf("%d: %u to %u, position %#x\n", n, (unsigned int)adesc[0].addr,
		       (unsigned int)adesc[n - 1].addr, vq.last_avail_idx);
	else
		printf("%d\n", n);
}

static void take_all(void)
{
	vq.last_avail_idx = 1u << VRING_PACKED_EVENT_F_WRAP_CTR;
	memset(ring, 0, sizeof(ring));
	make_available(0, 96, true);
	take();
	take();
	take();
	make_available(96, NUM, true);
	make_available(0, 2, false);
	take();
	take();
	take();
}

int main(void)
{
	dev.read_list = (struct list_head)LIST_HEAD_INIT(dev.read_list);
	vq.dev = &dev;
	vq.num = NUM;
	vq.is_le = host_is_little_endian();
	vq.desc = (vring_desc_t __user *)(void __user *)ring;
	puts("direct");
	take_all();

	/* The guest has its ring at 16 MiB. */
	vq.desc = (vring_desc_t __user *)(1ul << 24);
	dev.iotlb = vq.iotlb = vhost_iotlb_alloc();
	puts("not translated");
	take_all();
	vhost_iotlb_add_range(vq.iotlb, 1ul << 24, (1ul << 24) + sizeof(ring) - 1,
			      (uintptr_t)ring, VHOST_ACCESS_RO);
	puts("translated");
	take_all();

	vhost_iotlb_del_range(vq.iotlb, 0, UINT64_MAX);
	vhost_iotlb_add_range(vq.iotlb, 0, UINT64_MAX - 1, 0, VHOST_ACCESS_RO);
	vq.desc = (vring_desc_t __user *)sizeof(*ring);
	puts("no memory");
	vq.last_avail_idx = 0;
	take();
	return 0;
}
