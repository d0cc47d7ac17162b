// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Operations come from tables, callbacks with void * beside them: what is stored there sleeps, or may not.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct file { const struct file_operations *ops; void *private; };
struct file_operations {
	long (*read)(struct file *file, char __user *to, size_t n);
	void (*poke)(struct file *file);
};

static long slow_read(struct file *file, char __user *to, size_t n)
{
	return copy_to_user(to, file->private, n) ? -EFAULT : (long)n;
}

static void slow_poke(struct file *file)
{
	mutex_lock(file->private);
	mutex_unlock(file->private);
}

const struct file_operations operations = { .read = slow_read, .poke = slow_poke };

long read_locked(struct file *file, char __user *to)
{
	guard(spinlock)(&lock);
	file->ops->poke(file); // expected-warning {{'read_locked' calls through 'file_operations.poke', which may sleep, while}}
	return file->ops->read(file, to, 8); // expected-warning {{'read_locked' calls through 'file_operations.read', which may sleep in a user page fault, while}}
}

// A function that is passed to what calls it under the lock.
typedef int each_fn(void *item, void *data);
static int for_each_item(void **items, int n, each_fn *fn, void *data)
{
	int error = 0;

	spin_lock(&lock);
	while (n-- && !error)
		error = fn(items[n], data); // expected-warning {{'for_each_item' calls through 'fn', which may sleep, while}}
	spin_unlock(&lock);
	return error;
}

static int visit(void *item, void *data)
{
	mutex_lock(data);
	mutex_unlock(data);
	return !item;
}

int visit_all(void **items, int n) { return for_each_item(items, n, visit, &mutex); }

// Registered with a function, kept in a field.
struct poller { each_fn *fn; void *data; };
static void poller_init(struct poller *p, each_fn *fn, void *data)
{
	p->fn = fn;
	p->data = data;
}

void poll_now(struct poller *p)
{
	guard(rcu)();
	p->fn(p, p->data); // expected-warning {{'poll_now' calls through 'poller.fn', which may sleep, while}}
}

void setup(struct poller *p) { poller_init(p, visit, &mutex); }

// And a notifier's table.
static void range(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	mutex_lock(&mutex); // expected-warning {{'range' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block}}
	mutex_unlock(&mutex);
}
const struct mmu_notifier_ops notifier = { .invalidate_range = range };
