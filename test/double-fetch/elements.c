// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An element of the array at the end of a second copy is not what stands in front of the array, whichever element it is.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct entry { u32 id, value; };
struct list { u32 count, flags; struct entry entry[]; };
int one(struct entry *e);
int by_id(u32 id);

int elements_are_read(struct list __user *p)
{
	struct list *l;
	int err = 0;
	u32 n;

	if (get_user(n, &p->count) || n > 16)
		return -EFAULT;
	l = memdup_user(p, sizeof(*l) + n * sizeof(struct entry));
	if (IS_ERR(l))
		return -EFAULT;
	for (u32 i = 0; i < n; i++)
		err |= by_id(l->entry[i].id);
	kfree(l);
	return err;
}

int elements_are_passed(struct list __user *p)
{
	struct list *l;
	int err = 0;
	u32 n;

	if (get_user(n, &p->count) || n > 16)
		return -EFAULT;
	l = memdup_user(p, sizeof(*l) + n * sizeof(struct entry));
	if (IS_ERR(l))
		return -EFAULT;
	for (u32 i = 0; i < n; i++)
		err |= one(&l->entry[i]);
	kfree(l);
	return err;
}

int elements_of_a_variable(struct list __user *p, u32 *values)
{
	struct { u32 count, flags, value[16]; } l;
	u32 n;

	if (get_user(n, &p->count) || n > 16 || copy_from_user(&l, p, sizeof(l)))
		return -EFAULT;
	for (u32 i = 0; i < n; i++)
		values[i] = l.value[i];
	return 0;
}

// How many of them there are, the second copy says.
int counted_again(struct list __user *p)
{
	struct list *l;
	int err = 0;
	u32 n;

	if (get_user(n, &p->count) || n > 16)
		return -EFAULT;
	l = memdup_user(p, sizeof(*l) + n * sizeof(struct entry)); // expected-warning {{'memdup_user' fetches again what 'get_user' has fetched}}
	if (IS_ERR(l))
		return -EFAULT;
	for (u32 i = 0; i < l->count; i++)
		err |= one(&l->entry[i]);
	kfree(l);
	return err;
}

// And which of them.
int picked_by_the_second(struct list __user *p)
{
	struct list *l;
	int err;
	u32 n;

	if (get_user(n, &p->count) || n > 16)
		return -EFAULT;
	l = memdup_user(p, sizeof(*l) + n * sizeof(struct entry)); // expected-warning {{'memdup_user' fetches again what 'get_user' has fetched}}
	if (IS_ERR(l))
		return -EFAULT;
	err = one(&l->entry[l->count - 1]);
	kfree(l);
	return err;
}

// What is subtracted leads to the front.
int from_the_end(struct list __user *p, u32 back)
{
	struct list *l;
	u32 n, *end;

	if (get_user(n, &p->count) || n > 16)
		return -EFAULT;
	l = memdup_user(p, sizeof(*l) + n * sizeof(struct entry)); // expected-warning {{'memdup_user' fetches again what 'get_user' has fetched}}
	if (IS_ERR(l))
		return -EFAULT;
	end = (u32 *)(l->entry + 1) - back;
	return by_id(*end);
}
