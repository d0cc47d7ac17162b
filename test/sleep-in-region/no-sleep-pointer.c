// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __no_sleep and __may_sleep on pointers to functions: what a call through one may do, and what may be stored in one.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct poll_ops {
	int (*fn)(int n) __no_sleep;
	int (*plain)(int n);
	int (*slow)(int n) __may_sleep;
};
typedef int (*promised_fn)(int) __no_sleep;
typedef int (*plain_fn)(int);

static int sleepy(int n) { mutex_lock(&mutex); return n; }
static int harmless(int n) { return n + 1; }
static int __no_sleep promised(int n) { return n + 2; }
int declared(int n) __no_sleep;

// A call through a pointer that promises is fine, whatever was stored there.
static struct poll_ops sleeps = { .plain = sleepy };
int calls(struct poll_ops *ops, promised_fn local, int n)
{
	spin_lock(&lock);
	n = ops->fn(n);
	n = local(n);
	n = ops->plain(n); // expected-warning {{'calls' calls through 'poll_ops.plain', which may sleep, while}}
	n = ops->slow(n); // expected-warning {{'calls' calls through 'poll_ops.slow', which may sleep, while}}
	spin_unlock(&lock);
	return n + sleeps.plain(n);
}

int __no_sleep promises(struct poll_ops *ops, promised_fn local, plain_fn unknown, int n)
{
	n = ops->fn(n);
	n = local(n);
	n = unknown(n);
	n = ops->plain(n); // expected-warning {{'promises' calls through 'poll_ops.plain', which may sleep, but 'promises' promises never to}}
	return ops->slow(n); // expected-warning {{'promises' calls through 'poll_ops.slow', which may sleep, but 'promises' promises never to}}
}

// What gains the promise on the way is reported, whether or not it sleeps: nobody holds it to anything.
static struct poll_ops table = {
	.fn = harmless, // expected-warning {{'poll_ops.fn' promises '__no_sleep', which 'harmless' does not; annotate 'harmless' with '__no_sleep'}}
	.plain = harmless,
};
static struct poll_ops positional = {
	sleepy, // expected-warning {{'poll_ops.fn' promises '__no_sleep', which 'sleepy' does not; annotate 'sleepy' with '__no_sleep'}}
	sleepy,
	sleepy,
};
static struct poll_ops right = { .fn = promised, .plain = promised, .slow = promised };
static promised_fn list[] = {
	promised,
	harmless, // expected-warning {{promises '__no_sleep', which 'harmless' does not; annotate 'harmless' with '__no_sleep'}}
	declared,
	NULL,
};

void takes(promised_fn given);
void takes_plain(plain_fn given);

promised_fn conversions(struct poll_ops *ops, plain_fn plain, promised_fn good, int n)
{
	promised_fn local = plain; // expected-warning {{'local' promises '__no_sleep', which 'plain' does not; annotate 'plain' with '__no_sleep'}}

	ops->fn = ops->plain; // expected-warning {{'poll_ops.fn' promises '__no_sleep', which 'poll_ops.plain' does not; annotate 'poll_ops.plain' with '__no_sleep'}}
	ops->fn = &harmless; // expected-warning {{'poll_ops.fn' promises '__no_sleep', which 'harmless' does not; annotate 'harmless' with '__no_sleep'}}
	ops->fn = n ? good : harmless; // expected-warning {{'poll_ops.fn' promises '__no_sleep', which 'harmless' does not; annotate 'harmless' with '__no_sleep'}}
	takes(plain); // expected-warning {{'given' promises '__no_sleep', which 'plain' does not; annotate 'plain' with '__no_sleep'}}
	if (n == 1)
		return harmless; // expected-warning {{promises '__no_sleep', which 'harmless' does not; annotate 'harmless' with '__no_sleep'}}
	if (n == 2)
		return NULL;
	ops->fn = good;
	ops->fn = promised;
	ops->fn = declared;
	ops->fn = local;
	ops->fn = NULL;
	ops->fn = n ? promised : NULL;
	takes(promised);
	takes(NULL);
	return good;
}

// To lose the promise is nobody's loss.
void drops(struct poll_ops *ops, promised_fn good)
{
	plain_fn plain = good;

	ops->plain = good;
	ops->plain = promised;
	takes_plain(promised);
	plain(1);
	if (good && ops->fn == harmless && !ops->fn)
		plain(2);
	(void)table;
	(void)positional;
	(void)right;
	(void)list;
}

// Said on purpose.
void casts(struct poll_ops *ops, plain_fn plain)
{
	ops->fn = (promised_fn)harmless; // expected-warning {{cast gives 'harmless' a promise that it does not make: never to sleep; write '__force' to do so on purpose}}
	ops->fn = (promised_fn)plain; // expected-warning {{cast gives 'plain' a promise that it does not make: never to sleep; write '__force' to do so on purpose}}
	ops->fn = (__force promised_fn)harmless;
	ops->fn = (__force promised_fn)plain;
	ops->fn = (promised_fn)promised;
	ops->plain = (plain_fn)promised;
}
