// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One fetch, or both, in helpers.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct header { u32 size, command, version; };
struct request { struct header header; char data[64]; };

int consume(const void *data, size_t n);
int dispatch(u32 command, const void *data);

// The first is in a helper.
static int fetch(struct header *to, const struct header __user *from)
{
	return copy_from_user(to, from, sizeof(*to)) ? -EFAULT : 0;
}

int by_helper(struct request __user *p)
{
	struct header h;
	struct request r;

	if (fetch(&h, &p->header) || h.size > sizeof(r.data)) // expected-note {{'fetch' fetches it for the first time here}} expected-note {{what was fetched decides here}}
		return -EINVAL;
	if (copy_from_user(&r, p, sizeof(r))) // expected-warning {{'copy_from_user' fetches again what 'fetch' has fetched}}
		return -EFAULT;
	return consume(r.data, r.header.size); // expected-note {{the second copy is used here}}
}

// So is the second.
int by_helper_again(struct header __user *p)
{
	struct header h;
	u32 size;

	if (get_user(size, &p->size) || size > 64) // expected-note {{'get_user' fetches it for the first time here}} expected-note {{what was fetched decides here}}
		return -EINVAL;
	if (fetch(&h, p)) // expected-warning {{'fetch' fetches again what 'get_user' has fetched}}
		return -EFAULT;
	return dispatch(h.size, NULL); // expected-note {{the second copy is used here}}
}
