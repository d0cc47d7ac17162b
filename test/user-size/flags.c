// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a size was found to be is remembered by a variable, which is asked further down.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct request { u32 length; int size; u32 kind; void __user *at; };
static char memory[256];

int error_is_returned_later(struct request __user *p)
{
	struct request r;
	int err = 0;

	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.length > sizeof(memory))
		err = -EINVAL;
	if (r.kind > 3)
		err = -EINVAL;
	if (err)
		return err;
	return copy_from_user(memory, r.at, r.length) ? -EFAULT : 0;
}

int good_is_asked(struct request __user *p)
{
	struct request r;
	int good = 1;

	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.length > sizeof(memory))
		good = 0;
	if (good)
		return copy_from_user(memory, r.at, r.length) ? -EFAULT : 0;
	return -EINVAL;
}

int both_ends(struct request __user *p)
{
	struct request r;
	int err = 0;

	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.size < 0)
		return -EINVAL;
	if (r.size > 256)
		err = -EINVAL;
	if (err < 0)
		return err;
	return copy_from_user(memory, r.at, r.size) ? -EFAULT : 0;
}

int only_above(struct request __user *p)
{
	struct request r;
	int err = 0;

	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.size > 256)
		err = -EINVAL;
	if (err)
		return err;
	return copy_from_user(memory, r.at, r.size) ? -EFAULT : 0; // expected-warning {{may be less than zero}}
}

int asked_the_other_way(struct request __user *p)
{
	struct request r;
	int large = 0;

	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.length > sizeof(memory))
		large = 1;
	if (!large)
		return -EINVAL;
	return copy_from_user(memory, r.at, r.length) ? -EFAULT : 0; // expected-warning {{copies as many bytes as user space says to 'memory'}}
}

int not_asked_in_time(struct request __user *p)
{
	struct request r;
	int err = 0;

	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.length > sizeof(memory))
		err = -EINVAL;
	if (copy_from_user(memory, r.at, r.length)) // expected-warning {{copies as many bytes as user space says to 'memory'}}
		return -EFAULT;
	return err;
}

int another_is_asked(struct request __user *p)
{
	struct request r;
	int err = 0, odd = 0;

	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.length > sizeof(memory))
		err = -EINVAL;
	if (r.kind > 3)
		odd = 1;
	if (odd)
		return err;
	return copy_from_user(memory, r.at, r.length) ? -EFAULT : 0; // expected-warning {{copies as many bytes as user space says to 'memory'}}
}

int is_given_up(struct request __user *p)
{
	struct request r;
	int err = 0;

	if (copy_from_user(&r, p, sizeof(r)))
		return -EFAULT;
	if (r.length > sizeof(memory))
		err = -EINVAL;
	err = 0;
	if (err)
		return err;
	return copy_from_user(memory, r.at, r.length) ? -EFAULT : 0; // expected-warning {{copies as many bytes as user space says to 'memory'}}
}
