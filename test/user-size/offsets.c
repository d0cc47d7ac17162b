// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From somewhere in a buffer on there is no more room than in all of it.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct part { u32 offset, length; void __user *at; };
struct bank { u32 first; char data[256]; u32 last; };
struct ends { u32 first; char data[256]; };
struct points { char *data; u32 last; };
struct ends *somewhere(int which);
int consume(const void *data);

int in_a_variable(struct part __user *p, u32 offset)
{
	char buffer[64];
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	return copy_from_user(buffer + offset, a.at, a.length) ? -EFAULT : consume(buffer); // expected-warning {{to 'buffer + offset', which has 64 bytes}}
}

int in_a_member(struct part __user *p, struct bank *b)
{
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)) || a.offset > sizeof(b->data))
		return -EFAULT;
	if (copy_to_user(a.at, b->data + a.offset, a.length)) // expected-warning {{from 'b->data + a.offset', which has 256 bytes}}
		return -EFAULT;
	return copy_to_user(a.at, &b->data[a.offset], a.length) ? -EFAULT : 0; // expected-warning {{from '&b->data[a.offset]', which has 256 bytes}}
}

int no_more_than_the_rest(struct part __user *p, struct bank *b)
{
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	if (a.offset > sizeof(b->data) || a.length > sizeof(b->data) - a.offset)
		return -EINVAL;
	return copy_to_user(a.at, b->data + a.offset, a.length) ? -EFAULT : 0;
}

int no_more_than_the_whole(struct part __user *p, u32 offset)
{
	char buffer[64];
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)) || a.length > sizeof(buffer))
		return -EFAULT;
	return copy_from_user(buffer + offset, a.at, a.length) ? -EFAULT : consume(buffer);
}

// Where a member points, nobody says how much there is.
int behind_a_member(struct part __user *p, struct points *s)
{
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	if (copy_from_user(s->data + a.offset, a.at, a.length))
		return -EFAULT;
	return copy_from_user(&s->data[0], a.at, a.length) ? -EFAULT : 0;
}

// What somebody returns has the room of its type, or more; but not any.
int of_somebody(struct part __user *p)
{
	struct ends *e = somewhere(1);
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	return copy_from_user(e->data, a.at, a.length) ? -EFAULT : 0; // expected-warning {{to 'e->data', which has 256 bytes}}
}

int of_somebody_limited(struct part __user *p)
{
	struct ends *e = somewhere(1);
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)) || a.length > 4096)
		return -EFAULT;
	return copy_from_user(e->data, a.at, a.length) ? -EFAULT : 0;
}

// A small buffer for what is short, and another one for what is not.
struct device { char *large; };
void *buffer_for(u32 n);

int another_of_a_device(struct part __user *p, struct device *d)
{
	char small[64], *buffer = small;
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	if (a.length > sizeof(small))
		buffer = d->large;
	return copy_from_user(buffer, a.at, a.length) ? -EFAULT : consume(buffer);
}

int another_of_somebody(struct part __user *p)
{
	char small[64], *buffer = small;
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	if (a.length > sizeof(small))
		buffer = buffer_for(a.length);
	return copy_from_user(buffer, a.at, a.length) ? -EFAULT : consume(buffer);
}

int another_of_the_caller(struct part __user *p, char *large)
{
	char small[64], *buffer = large;
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	if (a.length <= sizeof(small))
		buffer = small;
	return copy_from_user(buffer, a.at, a.length) ? -EFAULT : consume(buffer);
}

int no_other(struct part __user *p)
{
	char small[64], *buffer = small;
	struct part a;

	if (copy_from_user(&a, p, sizeof(a)))
		return -EFAULT;
	return copy_from_user(buffer, a.at, a.length) ? -EFAULT : consume(buffer); // expected-warning {{to 'buffer', which has 64 bytes}}
}
