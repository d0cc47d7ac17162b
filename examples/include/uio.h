/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* uio.h - user memory in several pieces. */
#ifndef EXAMPLES_UIO_H
#define EXAMPLES_UIO_H

#include "types.h"

#define UIO_MAXIOV	1024

struct iovec {
	void __user *iov_base;
	size_t iov_len;
};

size_t iov_length(const struct iovec *iov, unsigned int count);

/* Bytes copied, from the skip-th byte of the pieces on; short on a fault. */
size_t copy_from_iov(void *to, size_t len, const struct iovec *iov, unsigned int count,
		     size_t skip);
size_t copy_to_iov(const void *from, size_t len, const struct iovec *iov, unsigned int count,
		   size_t skip);

#endif
