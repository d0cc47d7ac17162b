// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What setsockopt() gets may be the kernel's or a user's; how much it is, the user says. It is told of where it is copied.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

typedef struct { union { void *kernel; void __user *user; }; _Bool is_kernel : 1; } sockptr_t;
struct socket;
struct proto_ops { int (*setsockopt)(struct socket *s, int level, int name, sockptr_t value, unsigned int length); };
struct request { u16 size; char data[64]; u32 last; };
struct request *request_of(struct socket *s);

static inline int copy_from_sockptr_offset(void *to, sockptr_t from, unsigned long offset, unsigned long size)
{
	if (!from.is_kernel)
		return copy_from_user(to, from.user + offset, size);
	memcpy(to, from.kernel + offset, size);
	return 0;
}
static inline int copy_from_sockptr(void *to, sockptr_t from, unsigned long size)
{
	return copy_from_sockptr_offset(to, from, 0, size);
}

static int all_of_it(struct socket *s, int level, int name, sockptr_t value, unsigned int length)
{
	struct request *r = request_of(s);

	return copy_from_sockptr(r->data, value, length) ? -EFAULT : 0; // expected-warning {{'copy_from_sockptr' copies as many bytes as user space says to 'r->data', which has 64 bytes}}
}

static int behind_a_header(struct socket *s, int level, int name, sockptr_t value, unsigned int length)
{
	struct request *r = request_of(s);

	return copy_from_sockptr_offset(r->data, value, 4, length) ? -EFAULT : 0; // expected-warning {{'copy_from_sockptr_offset' copies as many bytes as user space says to 'r->data', which has 64 bytes}}
}

static int as_much_as_fits(struct socket *s, int level, int name, sockptr_t value, unsigned int length)
{
	struct request *r = request_of(s);

	if (length > sizeof(r->data) || copy_from_sockptr(r->data, value, length))
		return -EINVAL;
	return 0;
}

static int its_own_size(struct socket *s, int level, int name, sockptr_t value, unsigned int length)
{
	int flag;

	if (length < sizeof(flag) || copy_from_sockptr(&flag, value, sizeof(flag)))
		return -EINVAL;
	return flag;
}

const struct proto_ops operations[] = {
	{ all_of_it }, { behind_a_header }, { as_much_as_fits }, { its_own_size },
};
