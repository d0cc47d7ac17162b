// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is called through a slot with what user space says: how much to read or to write, where an ioctl's argument is.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct file;
struct file_operations {
	long (*read)(struct file *f, char __user *to, unsigned long count, long long *at);
	long (*write)(struct file *f, const char __user *from, unsigned long count, long long *at);
	long (*unlocked_ioctl)(struct file *f, unsigned int cmd, unsigned long arg);
};
int consume(const void *data);
extern char __user *user_buffer;
static char state[16];

static long write_all(struct file *f, const char __user *from, unsigned long count, long long *at)
{
	char buffer[16];

	return copy_from_user(buffer, from, count) ? -EFAULT : consume(buffer); // expected-warning {{'copy_from_user' copies as many bytes as user space says to 'buffer', which has 16 bytes; compare the size first}}
}

static long write_terminated(struct file *f, const char __user *from, unsigned long count, long long *at)
{
	char buffer[16];

	if (count >= sizeof(buffer))
		return -EINVAL;
	if (copy_from_user(buffer, from, count))
		return -EFAULT;
	buffer[count] = 0;
	return consume(buffer);
}

static long write_some(struct file *f, const char __user *from, unsigned long count, long long *at)
{
	char buffer[16];
	unsigned long n = count < sizeof(buffer) ? count : sizeof(buffer);

	return copy_from_user(buffer, from, n) ? -EFAULT : consume(buffer);
}

static long write_in_pieces(struct file *f, const char __user *from, unsigned long count, long long *at)
{
	char buffer[16];
	unsigned long done, n;

	for (done = 0; done < count; done += n) {
		n = count - done;
		if (n > sizeof(buffer))
			n = sizeof(buffer);
		if (copy_from_user(buffer, from + done, n))
			return -EFAULT;
		consume(buffer);
	}
	return done;
}

static int take(char *buffer, const char __user *from, unsigned long count)
{
	return copy_from_user(buffer, from, count) ? -EFAULT : 0; // expected-warning {{to 'buffer', which has 8 bytes}}
}

static long write_by_helper(struct file *f, const char __user *from, unsigned long count, long long *at)
{
	char buffer[8];

	return take(buffer, from, count) ?: consume(buffer); // expected-note {{'write_by_helper' calls 'take' here}}
}

static long read_all(struct file *f, char __user *to, unsigned long count, long long *at)
{
	return copy_to_user(to, state, count) ? -EFAULT : 0; // expected-warning {{'copy_to_user' copies as many bytes as user space says from 'state', which has 16 bytes; compare the size first}}
}

static long read_right(struct file *f, char __user *to, unsigned long count, long long *at)
{
	if (count > sizeof(state))
		count = sizeof(state);
	return copy_to_user(to, state, count) ? -EFAULT : 0;
}

/* Nobody calls it with what user space says. */
static long not_stored(struct file *f, const char __user *from, unsigned long count, long long *at)
{
	char buffer[16];

	return copy_from_user(buffer, from, count) ? -EFAULT : consume(buffer);
}

long asks_for_four(struct file *f, const char __user *from) { return not_stored(f, from, 4, NULL); }

/* Where an ioctl's argument leads is no size. */
static long ioctl_right(struct file *f, unsigned int cmd, unsigned long arg)
{
	char buffer[16];

	return copy_from_user(buffer, (void __user *)arg, sizeof(buffer)) ? -EFAULT : consume(buffer);
}

static long ioctl_length(struct file *f, unsigned int cmd, unsigned long arg)
{
	char buffer[16];

	return arg > 64 ? -EINVAL : copy_from_user(buffer, user_buffer, arg) ? -EFAULT : consume(buffer); // expected-warning {{to 'buffer', which has 16 bytes}}
}

/* DRM copies the struct in, and hands on where it is. */
struct drm_device;
struct drm_file;
struct drm_ioctl_desc { int (*func)(struct drm_device *dev, void *data, struct drm_file *file); };
struct drm_text { u64 at; u32 size; };

static int drm_all(struct drm_device *dev, void *data, struct drm_file *file)
{
	struct drm_text *args = data;
	char buffer[16];

	return copy_from_user(buffer, (void __user *)args->at, args->size) ? -EFAULT : consume(buffer); // expected-warning {{to 'buffer', which has 16 bytes}}
}

static int take_text(char *buffer, const struct drm_text *args)
{
	return copy_from_user(buffer, (void __user *)args->at, args->size) ? -EFAULT : 0; // expected-warning {{to 'buffer', which has 8 bytes}}
}

static int drm_by_helper(struct drm_device *dev, void *data, struct drm_file *file)
{
	char buffer[8];

	return take_text(buffer, data) ?: consume(buffer); // expected-note {{'drm_by_helper' calls 'take_text' here}}
}

static int drm_right(struct drm_device *dev, void *data, struct drm_file *file)
{
	struct drm_text *args = data;
	char buffer[16];

	if (args->size > sizeof(buffer))
		return -EINVAL;
	return copy_from_user(buffer, (void __user *)args->at, args->size) ? -EFAULT : consume(buffer);
}

static int drm_overwritten(struct drm_device *dev, void *data, struct drm_file *file)
{
	struct drm_text *args = data;
	char buffer[16];

	args->size = sizeof(buffer);
	return copy_from_user(buffer, (void __user *)args->at, args->size) ? -EFAULT : consume(buffer);
}

const struct drm_ioctl_desc ioctls[] = {
	{ .func = drm_all }, // expected-note {{is stored in}}
	{ .func = drm_by_helper }, // expected-note {{is stored in}}
	{ .func = drm_right },
	{ .func = drm_overwritten },
};

const struct file_operations all = { .read = read_all, .write = write_all, .unlocked_ioctl = ioctl_length }; // expected-note 3 {{is stored in}}
const struct file_operations terminated = { .read = read_right, .write = write_terminated, .unlocked_ioctl = ioctl_right };
const struct file_operations some = { .write = write_some };
const struct file_operations pieces = { .write = write_in_pieces };
const struct file_operations helper = { .write = write_by_helper }; // expected-note {{is stored in}}
