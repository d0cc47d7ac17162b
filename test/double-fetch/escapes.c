// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The second copy leaves the function: by its address, or where it was copied to.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct option { u32 id, length; char value[8]; };
struct holder { struct option *of; struct option itself; };
extern struct option *current_option, the_option;
int is_known(u32 id);
int apply(struct option *o);
void *memcpy(void *to, const void *from, size_t n);

#define DECIDED(u) ({ u32 __n; get_user(__n, &(u)->length) || __n > 8; })

int kept(struct holder *h, struct option __user *u)
{
	struct option *o;

	if (DECIDED(u))
		return -EINVAL;
	o = memdup_user(u, sizeof(*o)); // expected-warning {{'memdup_user' fetches again what 'get_user' has fetched}}
	if (IS_ERR(o))
		return -ENOMEM;
	h->of = o;
	return 0;
}

int kept_with_first(struct holder *h, struct option __user *u)
{
	struct option *o;
	u32 n;

	if (get_user(n, &u->length) || n > 8)
		return -EINVAL;
	o = memdup_user(u, sizeof(*o));
	if (IS_ERR(o))
		return -ENOMEM;
	o->length = n;
	h->of = o;
	return 0;
}

struct option *returned(struct option __user *u)
{
	if (DECIDED(u))
		return NULL;
	return memdup_user(u, sizeof(*u)); // expected-warning {{fetches again}}
}

int behind_parameter(struct option *o, struct option __user *u)
{
	if (DECIDED(u))
		return -EINVAL;
	if (copy_from_user(o, u, sizeof(*o))) // expected-warning {{fetches again}}
		return -EFAULT;
	return 0;
}

int behind_parameter_again(struct option *o, struct option __user *u)
{
	if (DECIDED(u))
		return -EINVAL;
	if (copy_from_user(o, u, sizeof(*o)))
		return -EFAULT;
	if (o->length > 8)
		return -EINVAL;
	return 0;
}

int only_with_error(struct option *o, struct option __user *u)
{
	int error = -EFAULT;
	u32 n;

	if (get_user(n, &u->length) || n > 8)
		return -EINVAL;
	if (copy_from_user(o, u, sizeof(*o)))
		goto out;
	o->length = n;
	error = 0;
out:
	return error;
}

int into_global(struct option __user *u)
{
	if (DECIDED(u))
		return -EINVAL;
	return copy_from_user(&the_option, u, sizeof(the_option)) ? -EFAULT : 0; // expected-warning {{fetches again}}
}

int moved_out(struct option *to, struct option __user *u)
{
	struct option o;

	if (DECIDED(u) || copy_from_user(&o, u, sizeof(o))) // expected-warning {{fetches again}}
		return -EINVAL;
	memcpy(to, &o, sizeof(o));
	return 0;
}

// What is written over it is the first copy.
int assigned_over(struct option __user *u)
{
	struct option first, again;

	if (copy_from_user(&first, u, sizeof(first)) || first.length > 8)
		return -EINVAL;
	if (copy_from_user(&again, u, sizeof(again)))
		return -EFAULT;
	again = first;
	return apply(&again);
}

int moved_over(struct option __user *u)
{
	struct option first, again;

	if (copy_from_user(&first, u, sizeof(first)) || first.length > 8)
		return -EINVAL;
	if (copy_from_user(&again, u, sizeof(again)))
		return -EFAULT;
	memcpy(&again, &first, sizeof(first));
	return apply(&again);
}

int moved_over_in_part(struct option __user *u)
{
	struct option first, again;

	if (copy_from_user(&first, u, sizeof(first)) || first.length > 8)
		return -EINVAL;
	if (copy_from_user(&again, u, sizeof(again))) // expected-warning {{fetches again}}
		return -EFAULT;
	memcpy(&again, &first, sizeof(first.id));
	return apply(&again);
}

// Another look is one at the same bytes, and one that tells: equal to something, within a limit.
int other_question(struct option __user *u)
{
	struct option first, again;

	if (copy_from_user(&first, u, sizeof(first)) || first.length > 8)
		return -EINVAL;
	if (copy_from_user(&again, u, sizeof(again))) // expected-warning {{fetches again}}
		return -EFAULT;
	return is_known(again.id) ? apply(&again) : 0;
}

int not_that_one(struct option __user *u, u32 forbidden)
{
	struct option first, again;

	if (copy_from_user(&first, u, sizeof(first)) || first.length > 8)
		return -EINVAL;
	if (copy_from_user(&again, u, sizeof(again))) // expected-warning {{fetches again}}
		return -EFAULT;
	return again.length == forbidden ? -EINVAL : apply(&again);
}

int that_one(struct option __user *u)
{
	struct option first, again;

	if (copy_from_user(&first, u, sizeof(first)) || first.length > 8)
		return -EINVAL;
	if (copy_from_user(&again, u, sizeof(again)))
		return -EFAULT;
	return again.length == first.length ? apply(&again) : -EINVAL;
}

// A number of elements is a size, too.
int by_offset(struct holder *h, u32 __user *u)
{
	struct table { u32 n, more; u64 each[]; } *t;
	u32 n;

	if (get_user(n, u))
		return -EFAULT;
	t = memdup_user(u, offsetof(struct table, each[n])); // expected-warning {{fetches again}}
	return IS_ERR(t) ? -ENOMEM : apply((void *)t);
}
