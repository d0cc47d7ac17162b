// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* uio.c - copies between kernel memory and user memory in pieces. */
#include "uio.h"

#include "uaccess.h"

size_t iov_length(const struct iovec *iov, unsigned int count)
{
	size_t len = 0;

	while (count--)
		len += iov++->iov_len;
	return len;
}

size_t copy_from_iov(void *to, size_t len, const struct iovec *iov, unsigned int count,
		     size_t skip)
{
	size_t done = 0;

	for (; count && done < len; iov++, count--) {
		size_t n;

		if (skip >= iov->iov_len) {
			skip -= iov->iov_len;
			continue;
		}
		n = min_t(size_t, iov->iov_len - skip, len - done);
		if (copy_from_user((char *)to + done, (const char __user *)iov->iov_base + skip, n))
			break;
		done += n;
		skip = 0;
	}
	return done;
}

size_t copy_to_iov(const void *from, size_t len, const struct iovec *iov, unsigned int count,
		   size_t skip)
{
	size_t done = 0;

	for (; count && done < len; iov++, count--) {
		size_t n;

		if (skip >= iov->iov_len) {
			skip -= iov->iov_len;
			continue;
		}
		n = min_t(size_t, iov->iov_len - skip, len - done);
		if (copy_to_user((char __user *)iov->iov_base + skip, (const char *)from + done, n))
			break;
		done += n;
		skip = 0;
	}
	return done;
}
