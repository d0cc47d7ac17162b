// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An answer that is kept in a variable says what it says.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct header { u32 length, type; };
static int check(const struct header *h) { return h->length > 32 ? -EINVAL : 0; }
static int check_length(u32 length) { return length > 32 ? -EINVAL : 0; }
static _Bool is_good(const struct header *h) { return h->length <= 32; }
static int check_type(const struct header *h) { return h->type > 3 ? -EINVAL : 0; }

int error_of_a_struct(struct header __user *p, void __user *from)
{
	struct header h;
	char buffer[32];
	int err;

	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	err = check(&h);
	if (err)
		return err;
	return copy_from_user(buffer, from, h.length) ? -EFAULT : buffer[0];
}

int error_of_a_value(struct header __user *p, void __user *from)
{
	struct header h;
	char buffer[32];
	int err;

	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	err = check_length(h.length);
	if (err)
		return err;
	return copy_from_user(buffer, from, h.length) ? -EFAULT : buffer[0];
}

int truth(struct header __user *p, void __user *from)
{
	struct header h;
	char buffer[32];
	_Bool good;

	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	good = is_good(&h);
	if (!good)
		return -EINVAL;
	return copy_from_user(buffer, from, h.length) ? -EFAULT : buffer[0];
}

int written_out(struct header __user *p, void __user *from)
{
	struct header h;
	char buffer[32];
	int err;

	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	err = h.length > sizeof(buffer) ? -EINVAL : 0;
	if (err)
		return err;
	return copy_from_user(buffer, from, h.length) ? -EFAULT : buffer[0];
}

int the_other_way_round(struct header __user *p, void __user *from)
{
	struct header h;
	char buffer[32];
	int err;

	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	err = check(&h);
	if (!err)
		return 0;
	return copy_from_user(buffer, from, h.length) ? -EFAULT : buffer[0]; // expected-warning {{to 'buffer', which has 32 bytes}}
}

int of_something_else(struct header __user *p, void __user *from)
{
	struct header h;
	char buffer[32];
	int err;

	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	err = check_type(&h);
	if (err)
		return err;
	return copy_from_user(buffer, from, h.length) ? -EFAULT : buffer[0]; // expected-warning {{to 'buffer', which has 32 bytes}}
}

// What was read again since is another one.
int read_again(struct header __user *p, void __user *from)
{
	struct header h;
	char buffer[32];
	int err;

	if (copy_from_user(&h, p, sizeof(h)))
		return -EFAULT;
	err = check(&h);
	if (copy_from_user(&h, p + 1, sizeof(h)))
		return -EFAULT;
	if (err)
		return err;
	return copy_from_user(buffer, from, h.length) ? -EFAULT : buffer[0]; // expected-warning {{to 'buffer', which has 32 bytes}}
}
