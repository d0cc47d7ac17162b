// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a model says of slots: what a call through one does, what it promises, where the functions stored in it run, and
// that a field holds the answer of a test.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/slots.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

struct bus_ops {
	int (*transfer)(int n);
	int (*peek)(int n);
	int (*isr)(int n);
	int (*plain)(int n);
	int (*empty)(int n);
};
int (*bus_hook)(int n);
void on_each_locked(int (*fn)(int n));

// Nobody is known to be stored there, and the model says that it sleeps.
void calls(const struct bus_ops *ops)
{
	spin_lock(&lock);
	ops->transfer(1); // expected-warning {{'calls' calls through 'bus_ops.transfer', which may sleep, while}}
	ops->peek(1);
	ops->empty(1);
	bus_hook(1); // expected-warning {{'calls' calls through 'bus_hook', which may sleep, while}}
	spin_unlock(&lock);
}

static int transfer(const struct bus_ops *ops) { return ops->transfer(2); }
void helper(const struct bus_ops *ops)
{
	spin_lock(&lock);
	transfer(ops); // expected-warning {{'helper' calls 'transfer', which may sleep, while}}
	spin_unlock(&lock);
}

// Stored where the region is open: from the first line on.
static int sleepy_isr(int n)
{
	mutex_lock(&mutex); // expected-warning {{'sleepy_isr' calls 'mutex_lock', which may sleep, while}}
	mutex_unlock(&mutex);
	return n;
}

static int quick_isr(int n)
{
	kmalloc(8, GFP_ATOMIC);
	return mutex_trylock(&mutex) ? n : 0;
}

static int passed(int n)
{
	msleep(n); // expected-warning {{'passed' calls 'msleep', which may sleep, while}}
	return n;
}

static int plain(int n)
{
	msleep(n);
	return n;
}

void stores(struct bus_ops *ops)
{
	ops->isr = sleepy_isr;
	ops->isr = quick_isr;
	ops->plain = plain;
	on_each_locked(passed);
}

// Fields that remember the answer.
struct bus_state { bool may_block, atomic, other; };
static void by_field(struct bus_state *s)
{
	if (s->may_block)
		mutex_lock(&mutex);
	if (!s->atomic)
		mutex_lock(&mutex);
}

static void by_wrong_field(struct bus_state *s)
{
	if (s->other)
		mutex_lock(&mutex);
}

static void by_wrong_answer(struct bus_state *s)
{
	if (s->atomic || !s->may_block)
		mutex_lock(&mutex);
}

static void tells(struct bus_state *s)
{
	if (s->may_block)
		msleep(1);
}

void fields(struct bus_state *s)
{
	spin_lock(&lock);
	by_field(s);
	by_wrong_field(s); // expected-warning {{'fields' calls 'by_wrong_field', which may sleep, while}}
	by_wrong_answer(s); // expected-warning {{'fields' calls 'by_wrong_answer', which may sleep, while}}
	tells(s);
	spin_unlock(&lock);
}

// The promise of a slot binds what is stored in it.
void promised(struct bus_ops *ops, int (*given)(int) __no_sleep)
{
	ops->peek = plain; // expected-warning {{'bus_ops.peek' promises '__no_sleep', which 'plain' does not; annotate 'plain' with '__no_sleep'}}
	ops->peek = given;
	ops->peek = NULL;
}
