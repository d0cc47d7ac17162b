/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* file.h - open files, polling them, eventfds and character devices. */
#ifndef EXAMPLES_FILE_H
#define EXAMPLES_FILE_H

#include "atomic.h"
#include "waitqueue.h"

#define EPOLLIN		0x1u
#define EPOLLOUT	0x4u
#define EPOLLERR	0x8u

struct file;
struct inode;

/* Called by a file's poll operation with the queue that its events wake. */
typedef struct poll_table_struct poll_table;
typedef void (*poll_queue_proc)(struct file *file, wait_queue_head_t *wqh, poll_table *table);

struct poll_table_struct {
	poll_queue_proc qproc;
};

struct file_operations {
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	long (*unlocked_ioctl)(struct file *file, unsigned int ioctl, unsigned long arg);
	ssize_t (*read)(struct file *file, char __user *buf, size_t len);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t len);
	__poll_t (*poll)(struct file *file, poll_table *table);
};

struct file {
	const struct file_operations *f_op;
	void *private_data;
	atomic_t count;
};

struct miscdevice {
	const char *name;
	const struct file_operations *fops;
	struct list_head link;
};

static inline void poll_wait(struct file *file, wait_queue_head_t *wqh, poll_table *table)
{
	if (table && table->qproc)
		table->qproc(file, wqh, table);
}

static inline __poll_t vfs_poll(struct file *file, poll_table *table)
{
	return file->f_op->poll ? file->f_op->poll(file, table) : 0;
}

struct file *alloc_file(const struct file_operations *fops, void *private_data);
struct file *fget(int fd);		/* NULL: no such file */
void fput(struct file *file);
int fd_install(struct file *file);	/* takes the reference; the descriptor or -EMFILE */
void close_fd(int fd);

void misc_register(struct miscdevice *misc);
int misc_open(const char *name);	/* a descriptor or an error */

struct eventfd_ctx;

int eventfd_create(void);		/* a descriptor or an error */
struct file *eventfd_fget(int fd);
struct eventfd_ctx *eventfd_ctx_fdget(int fd);
void eventfd_ctx_put(struct eventfd_ctx *ctx);
void eventfd_signal(struct eventfd_ctx *ctx);
u64 eventfd_read(struct eventfd_ctx *ctx);	/* how often signalled since the last read */

#endif
