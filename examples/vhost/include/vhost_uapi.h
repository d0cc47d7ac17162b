/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* vhost_uapi.h - what a process and the vhost devices say to each other. */
#ifndef EXAMPLES_VHOST_UAPI_H
#define EXAMPLES_VHOST_UAPI_H

#include "types.h"

/* The numbers are the model's own. */
enum {
	VHOST_GET_FEATURES = 0xaf00,
	VHOST_SET_FEATURES,
	VHOST_SET_OWNER,
	VHOST_SET_MEM_TABLE,
	VHOST_SET_VRING_NUM = 0xaf10,
	VHOST_SET_VRING_ADDR,
	VHOST_SET_VRING_BASE,
	VHOST_GET_VRING_BASE,
	VHOST_SET_VRING_KICK = 0xaf20,
	VHOST_SET_VRING_CALL,
	VHOST_SET_VRING_ERR,
	VHOST_SET_VRING_BUSYLOOP_TIMEOUT,
	VHOST_NET_SET_BACKEND = 0xaf30,
	VHOST_VSOCK_SET_GUEST_CID = 0xaf60,
	VHOST_VSOCK_SET_RUNNING,
};

#define VHOST_FILE_UNBIND	(-1)

struct vhost_vring_state {
	unsigned int index;
	unsigned int num;
};

struct vhost_vring_file {
	unsigned int index;
	int fd;
};

struct vhost_vring_addr {
	unsigned int index;
	unsigned int flags;
	u64 desc_user_addr;
	u64 used_user_addr;
	u64 avail_user_addr;
	u64 log_guest_addr;
};

struct vhost_memory_region {
	u64 guest_phys_addr;
	u64 memory_size;
	u64 userspace_addr;
	u64 flags_padding;
};

struct vhost_memory {
	u32 nregions;
	u32 padding;
	struct vhost_memory_region regions[];
};

enum {
	VHOST_IOTLB_MISS = 1,
	VHOST_IOTLB_UPDATE,
	VHOST_IOTLB_INVALIDATE,
};

struct vhost_iotlb_msg {
	u64 iova;
	u64 size;
	u64 uaddr;
	u8 perm;
	u8 type;
};

#endif
