// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Read from the cache again, or done with before.
// RUN: %airlock_cc -fplugin-arg-airlock-model=vhost -fplugin-arg-airlock-only=stale-translation -fplugin-arg-airlock-advice -I %S/Inputs -Xclang -verify %s
// expected-no-diagnostics
#include "vhost-cache.h"

u64 again(struct vhost_virtqueue *vq)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[0];
	u64 at = map->addr;

	if (at)
		return at;
	__vhost_vq_meta_reset(vq);
	map = vq->meta_iotlb[0];
	return map ? map->addr : 0;
}

void done(struct vhost_virtqueue *vq)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[0];

	translate(map, 0);
	__vhost_vq_meta_reset(vq);
}

u64 result_is_its_own(struct vhost_virtqueue *vq)
{
	int n = count(vq->meta_iotlb[0]);

	__vhost_vq_meta_reset(vq);
	return vq->num + n;
}

u64 each_time(struct vhost_virtqueue *vq, int n)
{
	u64 sum = 0;

	while (n--) {
		const struct vhost_iotlb_map *map = vq->meta_iotlb[n];

		sum += translate(map, n);
		__vhost_vq_meta_reset(vq);
	}
	return sum;
}

// Of another cache, and of none.
u64 others(struct vhost_virtqueue *vq, const struct vhost_iotlb_map *map)
{
	const struct vhost_iotlb_map *spare = vq->spare;

	__vhost_vq_meta_reset(vq);
	return translate(map, 0) + translate(spare, 0);
}

// Keeps what it was told, and resets nothing.
static void harmless(struct vhost_virtqueue *vq) { vq->num = 0; }

u64 not_a_reset(struct vhost_virtqueue *vq)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[0];

	harmless(vq);
	return map->addr;
}

// That there was one is no translation.
u64 chosen_by_it(struct vhost_virtqueue *vq)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[0];
	u64 n = map ? 2 : 1;

	__vhost_vq_meta_reset(vq);
	return n;
}
