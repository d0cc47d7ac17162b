// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What kinds of decisions count.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct header { u32 size, command, version; };
struct request { struct header header; char data[64]; };

int consume(const void *data, size_t n);
int dispatch(u32 command, const void *data);

// A version decides which way, then counts again.
int version(struct header __user *p)
{
	struct header h;
	u32 version;

	if (get_user(version, &p->version)) // expected-note {{'get_user' fetches it for the first time here}}
		return -EFAULT;
	if (version != 1) // expected-note {{what was fetched decides here}}
		return -EINVAL;
	if (copy_from_user(&h, p, sizeof(h))) // expected-warning {{'copy_from_user' fetches again what 'get_user' has fetched}}
		return -EFAULT;
	return dispatch(h.version, &h.command); // expected-note {{the second copy is used here}}
}

// What bounds a loop is no comparison with what it was.
int loop(struct header __user *p, char *to)
{
	struct header h;
	u32 size, i;

	if (get_user(size, &p->size) || size > 64) // expected-note {{'get_user' fetches it for the first time here}} expected-note {{what was fetched decides here}}
		return -EINVAL;
	if (copy_from_user(&h, p, sizeof(h))) // expected-warning {{'copy_from_user' fetches again what 'get_user' has fetched}}
		return -EFAULT;
	for (i = 0; i < h.size; i++) // expected-note {{the second copy is used here}}
		to[i] = 0;
	return 0;
}
