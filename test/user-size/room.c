// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How much room there is: in a variable by another name, in a member, behind a pointer; and what a copy out may read.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct device { char name[8]; u32 flags; u32 more; };
struct open_ended { u32 n; char data[]; };
void *memcpy(void *to, const void *from, size_t n);

int by_another_name(struct device __user *p)
{
	struct device d, *at = &d;

	return copy_from_user(at, p, 32) ? -EFAULT : at->flags; // expected-warning {{copies 32 bytes to 'at', which has 16 bytes}}
}

int member(struct device *d, char __user *p)
{
	return copy_from_user(d->name, p, 12) ? -EFAULT : 0; // expected-warning {{copies 12 bytes to 'd->name', which has 8 bytes}}
}

int from_a_member_on(struct device *d, char __user *p)
{
	return copy_from_user(&d->flags, p, 8) ? -EFAULT : 0;
}

int pointee(struct device *d, u32 __user *p)
{
	u32 n;

	if (get_user(n, p))
		return -EFAULT;
	return copy_from_user(d, p + 1, n) ? -EFAULT : 0; // expected-warning {{to 'd', which has 16 bytes}}
}

// It may be the head of something larger.
int pointee_bounded(struct device *d, u32 __user *p)
{
	u32 n;

	if (get_user(n, p) || n > 256)
		return -EFAULT;
	return copy_from_user(d, p + 1, n) ? -EFAULT : 0;
}

int pointee_ends_open(struct open_ended *o, u32 __user *p)
{
	u32 n;

	if (get_user(n, p))
		return -EFAULT;
	return copy_from_user(o, p + 1, n) ? -EFAULT : 0;
}

int allocated_for_it(u32 __user *p)
{
	char *at;
	u32 n;

	if (get_user(n, p) || n > 4096)
		return -EFAULT;
	at = kmalloc(n, GFP_KERNEL);
	if (!at || copy_from_user(at, p + 1, n))
		n = 0;
	kfree(at);
	return n;
}

int leaks(char __user *p, u32 __user *length)
{
	u32 value = 1, n;

	if (get_user(n, length))
		return -EFAULT;
	return copy_to_user(p, &value, n) ? -EFAULT : 0; // expected-warning {{copies as many bytes as user space says from '&value', which has 4 bytes}}
}

int leaks_always(char __user *p)
{
	u32 value = 1;

	return copy_to_user(p, &value, 8) ? -EFAULT : 0; // expected-warning {{copies 8 bytes from '&value', which has 4 bytes}}
}

int truncated(char __user *p, u32 __user *length)
{
	u32 value = 1, n;

	if (get_user(n, length))
		return -EFAULT;
	if (n > sizeof(value))
		n = sizeof(value);
	return copy_to_user(p, &value, n) ? -EFAULT : 0;
}

int moved(struct device *d, u8 __user *p)
{
	char text[16];
	u8 n;

	if (get_user(n, p))
		return -EFAULT;
	memcpy(text, d->name, n); // expected-warning {{'memcpy' copies as many bytes as user space says to 'text', which has 16 bytes}}
	if (n > sizeof(d->name))
		return -EINVAL;
	memcpy(text, d->name, n);
	return text[0];
}

// The last member of an allocation that is as large as somebody wanted: what is behind its type is data.
struct padded { u32 size; u32 flags; char data[8]; };
int into_the_rest(struct padded __user *u, u32 size)
{
	struct padded head, *p;

	if (copy_from_user(&head, u, 8) || head.size < 8)
		return -EFAULT;
	p = kmalloc(head.size, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	if (copy_from_user(&p->data, (char __user *)u + 8, head.size - 8)) {
		kfree(p);
		return -EFAULT;
	}
	kfree(p);
	return 0;
}
