// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* file.c - a table of descriptors, eventfds and character devices. */
#include "file.h"

#include "slab.h"

#define MAX_FILES 64

static struct file *files[MAX_FILES];
static struct list_head devices = LIST_HEAD_INIT(devices);

struct file *alloc_file(const struct file_operations *fops, void *private_data)
{
	struct file *file = kzalloc(sizeof(*file), GFP_KERNEL);

	if (!file)
		return NULL;
	file->f_op = fops;
	file->private_data = private_data;
	atomic_set(&file->count, 1);
	return file;
}

struct file *fget(int fd)
{
	if (fd < 0 || fd >= MAX_FILES || !files[fd])
		return NULL;
	atomic_inc_return(&files[fd]->count);
	return files[fd];
}

void fput(struct file *file)
{
	if (atomic_dec_return(&file->count))
		return;
	if (file->f_op->release)
		file->f_op->release(NULL, file);
	kfree(file);
}

int fd_install(struct file *file)
{
	int fd;

	for (fd = 0; fd < MAX_FILES; fd++) {
		if (!files[fd]) {
			files[fd] = file;
			return fd;
		}
	}
	fput(file);
	return -EMFILE;
}

void close_fd(int fd)
{
	struct file *file = fget(fd);

	if (!file)
		return;
	files[fd] = NULL;
	fput(file);
	fput(file);
}

void misc_register(struct miscdevice *misc)
{
	list_add_tail(&misc->link, &devices);
}

int misc_open(const char *name)
{
	struct miscdevice *misc;
	struct file *file;
	int err;

	list_for_each_entry(misc, &devices, link) {
		if (strcmp(misc->name, name))
			continue;
		file = alloc_file(misc->fops, NULL);
		if (!file)
			return -ENOMEM;
		err = misc->fops->open(NULL, file);
		if (err) {
			kfree(file);
			return err;
		}
		return fd_install(file);
	}
	return -ENODEV;
}

struct eventfd_ctx {
	struct file *file;
	u64 count;
	wait_queue_head_t wqh;
};

static __poll_t eventfd_poll(struct file *file, poll_table *table)
{
	struct eventfd_ctx *ctx = file->private_data;

	poll_wait(file, &ctx->wqh, table);
	return ctx->count ? EPOLLIN : 0;
}

static int eventfd_release(struct inode *inode __maybe_unused, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations eventfd_fops = {
	.release = eventfd_release,
	.poll = eventfd_poll,
};

int eventfd_create(void)
{
	struct eventfd_ctx *ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);

	if (!ctx)
		return -ENOMEM;
	init_waitqueue_head(&ctx->wqh);
	ctx->file = alloc_file(&eventfd_fops, ctx);
	if (!ctx->file) {
		kfree(ctx);
		return -ENOMEM;
	}
	return fd_install(ctx->file);
}

struct file *eventfd_fget(int fd)
{
	struct file *file = fget(fd);

	if (!file)
		return ERR_PTR(-EBADF);
	if (file->f_op == &eventfd_fops)
		return file;
	fput(file);
	return ERR_PTR(-EINVAL);
}

struct eventfd_ctx *eventfd_ctx_fdget(int fd)
{
	struct file *file = eventfd_fget(fd);

	return IS_ERR(file) ? ERR_PTR(PTR_ERR(file)) : file->private_data;
}

void eventfd_ctx_put(struct eventfd_ctx *ctx)
{
	fput(ctx->file);
}

void eventfd_signal(struct eventfd_ctx *ctx)
{
	ctx->count++;
	wake_up_poll(&ctx->wqh, EPOLLIN);
}

u64 eventfd_read(struct eventfd_ctx *ctx)
{
	u64 count = ctx->count;

	ctx->count = 0;
	return count;
}
