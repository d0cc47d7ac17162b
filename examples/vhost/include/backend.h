/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* backend.h - the packet socket behind a network device (tun, tap, packet). */
#ifndef EXAMPLES_VHOST_BACKEND_H
#define EXAMPLES_VHOST_BACKEND_H

#include "file.h"
#include "uio.h"

#define MSG_TRUNC	0x20u
#define MSG_DONTWAIT	0x40u
#define MSG_MORE	0x8000u

#define TUN_MSG_UBUF	1	/* ptr: struct ubuf_info, the pages are not copied */
#define TUN_MSG_PTR	2	/* ptr: num struct xdp_buff, each a whole packet */

struct ubuf_info;

struct ubuf_info_ops {
	void (*complete)(struct ubuf_info *ubuf, bool success);
};

/* Told by the backend when it has done with pages that it did not copy. */
struct ubuf_info {
	const struct ubuf_info_ops *ops;
	void *ctx;
	u32 desc;
};

struct xdp_buff {
	void *data;
	size_t len;
};

struct tun_msg_ctl {
	unsigned short type;
	unsigned short num;
	void *ptr;
};

struct msghdr {
	const struct iovec *iov;
	unsigned int iov_count;
	size_t iov_skip;
	const struct tun_msg_ctl *msg_control;
	unsigned int msg_flags;
};

struct socket;

struct proto_ops {
	int (*sendmsg)(struct socket *sock, struct msghdr *msg, size_t len);
	int (*recvmsg)(struct socket *sock, struct msghdr *msg, size_t len, unsigned int flags);
	int (*peek_len)(struct socket *sock);
};

struct socket {
	const struct proto_ops *ops;
	struct file *file;
	bool zerocopy;
	bool unlimited_sndbuf;
};

/* A socket is a file that keeps its struct socket as private data. */
static inline struct socket *sockfd_lookup(int fd)
{
	struct file *file = fget(fd);

	return file ? file->private_data : NULL;
}

static inline void sockfd_put(struct socket *sock)
{
	fput(sock->file);
}

#endif
