// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// User memory says how much is allocated.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct text { u32 length; char at[]; };

void *allocated(struct text __user *p)
{
	u32 n;

	if (get_user(n, &p->length))
		return NULL;
	return kmalloc(n, GFP_KERNEL); // expected-remark {{'kmalloc' allocates as much as user memory says; compare the size with a limit first [airlock-user-size]}}
}

void *duplicated(struct text __user *p)
{
	struct text t;

	if (copy_from_user(&t, p, sizeof(t)))
		return NULL;
	return memdup_user(p->at, t.length); // expected-remark {{'memdup_user' allocates as much as user memory says}}
}
