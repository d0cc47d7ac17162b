// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The built-in model qemu reads QEMU's own annotations: coroutine_fn is a context, coroutine_mixed_fn an entry.
// RUN: %airlock_cc -fplugin-arg-airlock-model=qemu -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Without it the file is none of our business.
// RUN: %airlock_cc -Xclang -verify=none %s
// none-no-diagnostics

#define coroutine_fn __attribute__((annotate("coroutine_fn")))
#define coroutine_mixed_fn __attribute__((annotate("coroutine_mixed_fn")))

typedef struct Disk Disk;
typedef void coroutine_fn TaskEntry(void *opaque);

typedef struct DiskDriver {
	const char *name;
	int coroutine_fn (*co_read)(Disk *d, long offset, void *buf);
	int (*probe)(Disk *d);
} DiskDriver;

struct Disk {
	DiskDriver *drv;
	TaskEntry *entry;
};

int in_task(void);
void coroutine_fn task_yield(void);
void task_start(TaskEntry *entry, void *opaque);
void run_in_loop(void (*cb)(void *), void *opaque);

int coroutine_fn disk_co_read(Disk *d, long offset, void *buf)
{
	task_yield();
	return d->drv->co_read(d, offset, buf);
}

static void coroutine_fn read_entry(void *opaque)
{
	disk_co_read(opaque, 0, 0);
}

// Tests at run time which side it is on.
int coroutine_mixed_fn disk_read(Disk *d, long offset, void *buf)
{
	if (in_task())
		return disk_co_read(d, offset, buf);
	task_start(read_entry, d);
	return 0;
}

int disk_probe(Disk *d)
{
	char header[512];

	if (disk_read(d, 0, header))
		return -1;
	d->drv->probe(d);
	d->drv->co_read(d, 0, header); // expected-warning {{'disk_probe' calls through 'DiskDriver.co_read', which needs context 'coroutine', but is not in that context itself; annotate 'disk_probe' with 'coroutine_fn' [airlock-context-call]}}
	return disk_co_read(d, 0, header); // expected-warning {{'disk_probe' calls 'disk_co_read', which needs context 'coroutine', but is not in that context itself; annotate 'disk_probe' with 'coroutine_fn' [airlock-context-call]}}
}

static int coroutine_fn null_co_read(Disk *d, long offset, void *buf)
{
	task_yield();
	return 0;
}

static int null_probe(Disk *d)
{
	return d->drv == 0;
}

DiskDriver null_driver = {
	.name = "null",
	.co_read = null_co_read,
	.probe = null_probe,
};

// A plain implementation of a coroutine callback is fine; a coroutine as a plain callback is not.
static int plain_read(Disk *d, long offset, void *buf)
{
	return 0;
}

DiskDriver mixed_driver = {
	.co_read = plain_read,
	.probe = disk_probe,
};

void disk_start(Disk *d)
{
	task_start(d->entry, d);
	task_start(read_entry, d);
	run_in_loop(read_entry, d); // expected-warning {{passing 'read_entry' to parameter 'cb' of 'run_in_loop' drops context 'coroutine'}}
	run_in_loop((void (*)(void *))read_entry, d); // expected-warning {{cast of 'read_entry' to 'void (*)(void *)' drops context 'coroutine'}}
	d->entry(d); // expected-warning {{'disk_start' calls through 'Disk.entry', which needs context 'coroutine'}}
}
// What blocks is not for coroutines; and who asks on which side it is may do either.
#define no_coroutine_fn __attribute__((annotate("no_coroutine_fn")))
_Bool qemu_in_coroutine(void);
void no_coroutine_fn disk_wait(Disk *d);

void coroutine_fn disk_co_stop(Disk *d)
{
	disk_wait(d); // expected-warning {{'disk_co_stop' calls 'disk_wait', which must not be called in context 'coroutine', and is in it [airlock-context-call]}}
}

void disk_stop(Disk *d)
{
	if (qemu_in_coroutine())
		disk_co_stop(d);
	else
		disk_wait(d);
}
