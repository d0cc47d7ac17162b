// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same tables with functions that do not sleep, or called with nothing held, or filled by nobody that is known.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct file { const struct file_operations *ops; void *private; };
struct file_operations {
	long (*read)(struct file *file, char __user *to, size_t n);
	void (*poke)(struct file *file);
	void (*unknown)(struct file *file);
};

static long slow_read(struct file *file, char __user *to, size_t n)
{
	return copy_to_user(to, file->private, n) ? -EFAULT : (long)n;
}

static void quick_poke(struct file *file)
{
	file->private = NULL;
}

const struct file_operations operations = { .read = slow_read, .poke = quick_poke };

long read_unlocked(struct file *file, char __user *to)
{
	scoped_guard(spinlock, &lock) {
		file->ops->poke(file);
		file->ops->unknown(file);
	}
	return file->ops->read(file, to, 8);
}

typedef int each_fn(void *item, void *data);
static int for_each_locked(void **items, int n, each_fn *fn, void *data)
{
	int error = 0;

	spin_lock(&lock);
	while (n-- && !error)
		error = fn(items[n], data);
	spin_unlock(&lock);
	return error;
}

static int for_each_item(void **items, int n, each_fn *fn, void *data)
{
	int error = 0;

	while (n-- && !error)
		error = fn(items[n], data);
	return error;
}

static int slow_visit(void *item, void *data)
{
	mutex_lock(data);
	mutex_unlock(data);
	return !item;
}

static int quick_visit(void *item, void *data) { return item == data; }

int visit_all(void **items, int n)
{
	return for_each_item(items, n, slow_visit, &mutex) + for_each_locked(items, n, quick_visit, NULL);
}

static void range(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	guard(spinlock)(&lock);
}

static void release(struct mmu_notifier *n, struct mm_struct *mm)
{
	slow_visit(n, &mutex);
}
const struct mmu_notifier_ops notifier = { .invalidate_range = range, .release = release };
