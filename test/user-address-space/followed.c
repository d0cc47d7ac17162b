// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An address that was copied from user memory, in a type that does not say so, is followed.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-address-space -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct node { struct node *next; u32 flags; };
struct args { u64 at; u32 index; u32 size; char *text; };
extern u32 table[8];
void *memcpy(void *to, const void *from, size_t n);
void fill(struct args *a);

int member(struct node __user *u)
{
	struct node n;

	if (copy_from_user(&n, u, sizeof(n)))
		return -EFAULT;
	return n.next->flags; // expected-warning {{memory is accessed at an address that 'copy_from_user' has copied from user memory, as if it were the kernel's}}
}

int member_is_ours(struct node __user *u, struct node *other)
{
	struct node n;

	if (copy_from_user(&n, u, sizeof(n)))
		return -EFAULT;
	n.next = other;
	return n.next->flags;
}

int number(struct args __user *u)
{
	struct args a;
	struct node *n;

	if (copy_from_user(&a, u, sizeof(a)))
		return -EFAULT;
	n = (struct node *)(unsigned long)a.at;
	n->flags = 1; // expected-warning {{as if it were the kernel's}}
	return 0;
}

int moved(struct args __user *u, char *to)
{
	struct args a;

	if (copy_from_user(&a, u, sizeof(a)) || a.size > 8)
		return -EFAULT;
	memcpy(to, a.text, a.size); // expected-warning {{as if it were the kernel's}}
	return 0;
}

// An index is no address; an address may be looked at; who is given the struct may change it.
int harmless(struct args __user *u)
{
	struct args a;

	if (copy_from_user(&a, u, sizeof(a)) || a.index > 7 || !a.text)
		return -EFAULT;
	return table[a.index];
}

int changed(struct args __user *u)
{
	struct args a;

	if (copy_from_user(&a, u, sizeof(a)))
		return -EFAULT;
	fill(&a);
	return a.text[0];
}

struct file;
struct file_operations {
	long (*write)(struct file *f, const char __user *from, unsigned long count, long long *at);
	long (*unlocked_ioctl)(struct file *f, unsigned int cmd, unsigned long arg);
};

// What an ioctl gets is the user's, whatever it is cast to.
static long ioctl_followed(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct node *n = (struct node *)arg;

	if (cmd == 1)
		return table[arg & 7];
	return n->flags; // expected-warning {{memory is accessed at an address that user space passes, as if it were the kernel's}}
}

static long ioctl_copies(struct file *f, unsigned int cmd, unsigned long arg)
{
	struct node n;

	if (arg == 0 || copy_from_user(&n, (void __user *)arg, sizeof(n)))
		return -EFAULT;
	arg = (unsigned long)&n;
	return ((struct node *)arg)->flags + table[cmd & 7];
}

static long not_an_ioctl(struct file *f, unsigned int cmd, unsigned long arg) { return ((struct node *)arg)->flags; }
long calls(struct file *f, struct node *n) { return not_an_ioctl(f, 0, (unsigned long)n); }

// A number is no address until something is accessed there.
static long write_count(struct file *f, const char __user *from, unsigned long count, long long *at) { return table[count & 7]; }

const struct file_operations operations = { .write = write_count, .unlocked_ioctl = ioctl_followed };
const struct file_operations copies = { .unlocked_ioctl = ioctl_copies };

struct drm_device;
struct drm_file;
struct drm_ioctl_desc { int (*func)(struct drm_device *dev, void *data, struct drm_file *file); };

// The struct is a copy; what it points to is not.
static int drm_followed(struct drm_device *dev, void *data, struct drm_file *file)
{
	struct node *n = data;

	return n->flags ? n->next->flags : 0; // expected-warning {{memory is accessed at an address that user space passes, as if it were the kernel's}}
}

const struct drm_ioctl_desc ioctl = { .func = drm_followed };
