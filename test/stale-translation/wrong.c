// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A translation outlives the cache that it is from.
// RUN: %airlock_cc -fplugin-arg-airlock-model=vhost -fplugin-arg-airlock-only=stale-translation -fno-caret-diagnostics -I %S/Inputs %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
#include "vhost-cache.h"

// CHECK: wrong.c:[[@LINE+7]]:2: warning: 'map', a cached translation, is used after '__vhost_vq_meta_reset', which may have reset it; read it from the cache again [airlock-stale-translation]
// CHECK-NEXT: wrong.c:[[@LINE+5]]:2: note: 'directly' calls '__vhost_vq_meta_reset' here
u64 directly(struct vhost_virtqueue *vq)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[0];

	__vhost_vq_meta_reset(vq);
	return map->addr;
}

// CHECK: warning: 'map', a cached translation, is used after 'remap', which may have reset it
// CHECK-NEXT: note: 'inferred' calls 'remap' here
// CHECK-NEXT: note: 'remap' calls 'change' here
// CHECK-NEXT: note: 'change' calls '__vhost_vq_meta_reset' here
static void change(struct vhost_virtqueue *vq) { __vhost_vq_meta_reset(vq); }
static void remap(struct vhost_virtqueue *vq, int n)
{
	if (n)
		change(vq);
}

u64 inferred(struct vhost_virtqueue *vq, int n)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[n];

	remap(vq, n);
	return translate(map, n);
}

// What was computed from it is no better.
// CHECK: warning: 'at', a cached translation, is used after '__vhost_vq_meta_reset'
u64 computed(struct vhost_virtqueue *vq, u64 offset)
{
	u64 at = vq->meta_iotlb[1]->addr + offset;

	__vhost_vq_meta_reset(vq);
	return at;
}

// Nor is what a helper has fetched.
// CHECK: warning: 'map', a cached translation, is used after '__vhost_vq_meta_reset'
static const struct vhost_iotlb_map *fetch(struct vhost_virtqueue *vq, int n) { return vq->meta_iotlb[n]; }

u64 fetched(struct vhost_virtqueue *vq)
{
	const struct vhost_iotlb_map *map = fetch(vq, 2);

	__vhost_vq_meta_reset(vq);
	return translate(map, 0);
}

// Around a loop.
// CHECK: warning: 'map', a cached translation, is used after '__vhost_vq_meta_reset'
// CHECK-NEXT: note: 'loop' calls '__vhost_vq_meta_reset' here
u64 loop(struct vhost_virtqueue *vq, int n)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[0];
	u64 sum = 0;

	while (n--) {
		sum += translate(map, n);
		if (n == 7)
			__vhost_vq_meta_reset(vq);
	}
	return sum;
}

// Nor is what a function returns that has computed it.
// CHECK: warning: a cached translation is used after '__vhost_vq_meta_reset'
static void *address_behind(struct vhost_virtqueue *vq, u64 offset)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[0];

	return map ? (void *)(unsigned long)(map->addr + offset) : (void *)0;
}

u64 of_a_helper(struct vhost_virtqueue *vq)
{
	void *at = address_behind(vq, 8);

	if (!at)
		return 0;
	__vhost_vq_meta_reset(vq);
	return (u64)(unsigned long)at;
}
