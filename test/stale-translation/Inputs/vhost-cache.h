// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What vhost keeps of the iotlb: a translation for each part of a ring, until the mapping changes.
typedef unsigned long long u64;
struct vhost_iotlb_map { u64 addr, size; };
struct vhost_virtqueue { int num; const struct vhost_iotlb_map *meta_iotlb[3], *spare; };
void __vhost_vq_meta_reset(struct vhost_virtqueue *vq);
u64 translate(const struct vhost_iotlb_map *map, u64 offset);
int count(const struct vhost_iotlb_map *map);
