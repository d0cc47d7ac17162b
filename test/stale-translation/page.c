// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=vhost -fplugin-arg-airlock-only=stale-translation -I %S/Inputs -Xclang -verify %s
#include "vhost-cache.h"

static void vhost_iotlb_changed(struct vhost_virtqueue *vq) { __vhost_vq_meta_reset(vq); } // expected-note {{'vhost_iotlb_changed' calls '__vhost_vq_meta_reset' here}}

// page: wrong
u64 address(struct vhost_virtqueue *vq, int type)
{
	const struct vhost_iotlb_map *map = vq->meta_iotlb[type];

	vhost_iotlb_changed(vq); // expected-note {{'address' calls 'vhost_iotlb_changed' here}}
	return map->addr; // expected-warning {{'map', a cached translation, is used after 'vhost_iotlb_changed', which may have reset it; read it from the cache again [airlock-stale-translation]}}
}
// page: end
// expected-note@vhost-cache.h:* {{'__vhost_vq_meta_reset' resets the translations that are kept for the parts of a ring}}

// page: right
u64 address_now(struct vhost_virtqueue *vq, int type)
{
	const struct vhost_iotlb_map *map;

	vhost_iotlb_changed(vq);
	map = vq->meta_iotlb[type];
	return map->addr;
}
// page: end
