// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A call through a slot may do what the functions do that are known to be stored there; of one that nobody is known to
// fill, nothing is assumed.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

struct device_ops {
	int (*start)(int n);
	int (*stop)(int n);
	int (*poll)(int n);
	int (*reset)(int n);
	int (*suspend)(int n);
};
struct my_device { const struct device_ops *ops; struct device_ops own; };

static int sleepy(int n)
{
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return n;
}

static int quick(int n) { return n + 1; }

// Designated, and two tables that fill the same slot.
static const struct device_ops first = { .start = sleepy, .stop = quick };
static const struct device_ops second = { .start = quick, .stop = quick };
const struct device_ops *tables[] = { &first, &second };

void through_ops(struct my_device *d)
{
	spin_lock(&lock);
	d->ops->start(1); // expected-warning {{'through_ops' calls through 'device_ops.start', which may sleep, while}}
	d->ops->stop(1);
	d->ops->poll(1);
	spin_unlock(&lock);
	d->ops->start(2);
}

// Stored at run time.
void fill(struct my_device *d)
{
	d->own.reset = sleepy;
	d->own.suspend = quick;
}

void through_filled(struct my_device *d)
{
	spin_lock(&lock);
	d->own.reset(1); // expected-warning {{'through_filled' calls through 'device_ops.reset', which may sleep, while}}
	d->own.suspend(1);
	spin_unlock(&lock);
}

// A helper that calls through the slot may sleep because of it.
static int restart(struct my_device *d) { return d->ops->stop(0) + d->ops->start(0); }

void through_helper(struct my_device *d)
{
	spin_lock(&lock);
	restart(d); // expected-warning {{'through_helper' calls 'restart', which may sleep, while}}
	spin_unlock(&lock);
}

// Variables, arrays of them, and parameters.
static int (*hook)(int) = sleepy;
static int (*quick_hook)(int) = quick;
int (*unknown_hook)(int);
static int (*const hooks[])(int) = { quick, sleepy };
static int (*const quick_hooks[])(int) = { quick, quick };

void through_variables(int n)
{
	spin_lock(&lock);
	hook(n); // expected-warning {{'through_variables' calls through 'hook', which may sleep, while}}
	quick_hook(n);
	unknown_hook(n);
	hooks[n](n); // expected-warning-re {{'through_variables' calls through 'hooks{{.*}}', which may sleep, while}}
	quick_hooks[n](n);
	spin_unlock(&lock);
}

void through_local(int n)
{
	int (*chosen)(int) = n ? sleepy : quick;
	int (*safe)(int) = quick;

	spin_lock(&lock);
	chosen(n); // expected-warning {{'through_local' calls through 'chosen', which may sleep, while}}
	safe(n);
	spin_unlock(&lock);
}

static void each_locked(int (*fn)(int n))
{
	spin_lock(&lock);
	fn(1); // expected-warning {{'each_locked' calls through 'fn', which may sleep, while}}
	spin_unlock(&lock);
}

static void each_locked_quick(int (*fn)(int n))
{
	spin_lock(&lock);
	fn(1);
	spin_unlock(&lock);
}

// Nobody here says what comes in.
void each_locked_unknown(int (*fn)(int n))
{
	spin_lock(&lock);
	fn(1);
	spin_unlock(&lock);
}

void pass(void)
{
	each_locked(quick);
	each_locked(sleepy);
	each_locked_quick(quick);
}

// A structure of the same shape is another slot.
struct other_ops { int (*start)(int n); };
static const struct other_ops harmless = { .start = quick };
void through_other(const struct other_ops *ops)
{
	spin_lock(&lock);
	ops->start(1);
	harmless.start(1);
	spin_unlock(&lock);
}

// Known by the structure, not by the object: the same slot in another object still counts.
void through_object(struct device_ops *any)
{
	spin_lock(&lock);
	any->start(1); // expected-warning {{'through_object' calls through 'device_ops.start', which may sleep, while}}
	spin_unlock(&lock);
}

// A typedef of the function, a table within a table, a compound literal.
typedef int step_fn(int n);
struct steps { step_fn *step[2]; struct { step_fn *last; } end; };
static struct steps steps = { .step = { quick, quick }, .end.last = sleepy };

void through_nested(struct steps *s)
{
	spin_lock(&lock);
	s->step[0](1);
	s->end.last(1); // expected-warning-re {{'through_nested' calls through '{{.*}}last', which may sleep, while}}
	spin_unlock(&lock);
	*s = (struct steps){ .step = { quick } };
	(void)steps;
}

// The flags of the call decide here as well.
struct allocator { void *(*take)(size_t n, gfp_t flags); };
static void *take_some(size_t n, gfp_t flags) { return kmalloc(n, flags); }
static const struct allocator allocator = { .take = take_some };

void conditional(const struct allocator *a)
{
	spin_lock(&lock);
	a->take(8, GFP_ATOMIC);
	a->take(8, GFP_KERNEL); // expected-warning {{'conditional' calls through 'allocator.take', which may sleep, while}}
	spin_unlock(&lock);
	(void)allocator;
}
