// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A function keeps the kinds of its parameters and of its result when it is stored in an ops table.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef long ssize_t;
struct file;
typedef ssize_t read_fn(struct file *, char __user *, unsigned long);
struct ops {
	ssize_t (*read)(struct file *, char __user *, unsigned long);
	read_fn *reread;
	int (*handle)(void *buffer);
	void __user *(*where)(void);
	int (*nested)(char __user **);
};

ssize_t good(struct file *f, char __user *to, unsigned long n);
ssize_t bad(struct file *f, char *to, unsigned long n);
int handle_user(void __user *buffer);
int handle(void *buffer);
void __user *there(void);
void *here(void);
int nested(char **places);
void take(read_fn *read, int (*handle)(void *));

struct ops right = { .read = good, .reread = &good, .handle = handle, .where = there };
struct ops wrong = {
	.read = bad,		// expected-warning {{initializing 'ops.read' with 'bad', and only one of them has '__user' on parameter 2; declare both alike}}
	.reread = &bad,		// expected-warning {{initializing 'ops.reread' with '&bad', and only one of them has '__user' on parameter 2}}
	.handle = handle_user,	// expected-warning {{'__user' on parameter 1}}
	.where = here,		// expected-warning {{initializing 'ops.where' with 'here', and only one of them returns a '__user' pointer; declare both alike}}
	.nested = nested,	// expected-warning {{'__user' on parameter 1}}
};

read_fn *store(struct ops *o, read_fn *given, int (*h)(void *), int (*u)(void __user *))
{
	o->read = good;
	o->read = given;
	o->reread = o->read;
	o->handle = h;
	o->handle = 0;
	o->read = bad;		// expected-warning {{assigning 'bad' to 'ops.read'}}
	o->handle = u;		// expected-warning {{assigning 'u' to 'ops.handle'}}
	take(good, handle);
	take(given, h);
	take(bad, u);		// expected-warning {{passing 'bad' to parameter 'read' of 'take'}} expected-warning {{passing 'u' to parameter 'handle' of 'take'}}
	take((read_fn *)bad, 0);
	return bad;		// expected-warning {{returning 'bad' from 'store', and only one of them has '__user' on parameter 2}}
}

ssize_t calls(struct ops *o, char __user *u, char *k)
{
	return o->read(0, u, 1) + o->reread(0, k, 1); // expected-warning {{passing 'k' to parameter}}
}
