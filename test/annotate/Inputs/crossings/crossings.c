// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Ways out of the scope: other people's slots and parameters, and casts of the author's own.
#include <airlock.h>
#include "outside.h"

struct device {
	void (*handle_kick)(int);
	int (*poll)(int);
};

int fetch(int value);

static int load(int value)
{
	return fetch(value);
}

static void kick(int value)
{
	fetch(value);
}

static const struct outside_ops ops = {
	.load = load,
};

void set_up(struct device *d)
{
	long (*wide)(int) = (long (*)(int))load;
	void *cookie = (void *)load;

	d->handle_kick = kick;
	d->poll = (int (*)(int))wide;
	outside_register(&ops, cookie);
	outside_call(load);
	outside_anything(load);
	outside_print("%ps\n", load);
	outside_work(d->handle_kick);
	outside_call(&load);
	outside_call(d ? load : 0);
	if (load == d->poll && d->poll)
		outside_print("same\n");
}

void kicked(struct device *d)
{
	d->handle_kick(1);
}
