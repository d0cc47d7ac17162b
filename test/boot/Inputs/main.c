// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Runs the case whose name is written to /sys/kernel/debug/airlock, in the context of the process that writes it. "over" with a
 * name and a status says so, once that process is no more; "off" ends the machine. */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>

#include "cases.h"

DEFINE_SPINLOCK(spinlock);
DEFINE_MUTEX(mutex);
DEFINE_SRCU(srcu);
volatile bool yes = true;
char __user *user_memory;
size_t user_size;

static struct dentry *file;
static struct task_struct *process;

/* Its parent may know that it has ended before the kernel has asked what it holds. */
static void wait_for_end(void)
{
	int round;

	if (!process)
		return;
	for (round = 0; round < 500 && READ_ONCE(process->__state) != TASK_DEAD; round++)
		schedule_timeout_uninterruptible(1);
	put_task_struct(process);
	process = NULL;
}

static ssize_t write_name(struct file *opened, const char __user *from, size_t size, loff_t *offset)
{
	char symbol[80] = "case_";
	const char *name = symbol + strlen("case_");
	int (*run)(void);
	int result;

	if (size >= sizeof(symbol) - strlen("case_"))
		return -EINVAL;
	if (copy_from_user(symbol + strlen("case_"), from, size))
		return -EFAULT;
	strim(symbol);
	if (!strncmp(name, "over ", 5)) {
		wait_for_end();
		pr_info("airlock: %s\n", name);
		return size;
	}
	if (!strcmp(name, "off")) {
		kernel_power_off();
		return size;
	}
	run = __symbol_get(symbol);
	if (!run)
		return -ENOENT;
	process = get_task_struct(current);
	user_memory = (char __user *)from;
	user_size = size;
	pr_info("airlock: begin %s\n", name);
	result = run();
	pr_info("airlock: end %s %d\n", name, result);
	return size;
}

static const struct file_operations operations = { .owner = THIS_MODULE, .write = write_name };

static int __init start(void)
{
	file = debugfs_create_file("airlock", 0200, NULL, NULL, &operations);
	return PTR_ERR_OR_ZERO(file);
}

static void __exit stop(void)
{
	debugfs_remove(file);
}

module_init(start);
module_exit(stop);
MODULE_DESCRIPTION("cases for a kernel and Airlock to judge");
MODULE_LICENSE("GPL");
