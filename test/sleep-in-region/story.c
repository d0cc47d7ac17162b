// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The notes tell the story: where the region opened, each call down to what sleeps, and why that sleeps.
// RUN: %airlock_cc -DNO_BODIES -fno-caret-diagnostics -I %S/../traps/Inputs %s > %t 2>&1
// RUN: FileCheck %s --input-file=%t --implicit-check-not=warning: --implicit-check-not=error:
// RUN: %airlock_cc -fno-caret-diagnostics -I %S/../traps/Inputs %s > %t.bodies 2>&1
// RUN: FileCheck %s --input-file=%t.bodies --implicit-check-not=warning: --implicit-check-not=error:
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

// CHECK: story.c:[[@LINE+7]]:2: warning: 'direct' calls 'mutex_lock', which may sleep, while a spinlock is held [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+5]]:2: note: 'direct' calls 'spin_lock' here; from here on a spinlock is held
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
// CHECK-NOT: note:
void direct(void)
{
	spin_lock(&lock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

static void deepest(void) { mutex_lock(&mutex); }
static void deeper(void) { deepest(); }

// CHECK: story.c:[[@LINE+8]]:2: warning: 'chain' calls 'deeper', which may sleep, while a spinlock is held [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+6]]:2: note: 'chain' calls 'spin_lock' here; from here on a spinlock is held
// CHECK-NEXT: story.c:[[@LINE-4]]:28: note: 'deeper' calls 'deepest' here
// CHECK-NEXT: story.c:[[@LINE-6]]:29: note: 'deepest' calls 'mutex_lock' here
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
void chain(void)
{
	spin_lock(&lock);
	deeper();
	spin_unlock(&lock);
}

static void open_it(void) { spin_lock(&lock); }

// CHECK: story.c:[[@LINE+7]]:2: warning: 'helper_opens' calls 'mutex_lock', which may sleep, while a spinlock is held [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+5]]:2: note: 'helper_opens' calls 'open_it' here; from here on a spinlock is held
// CHECK-NEXT: story.c:[[@LINE-4]]:29: note: 'open_it' calls 'spin_lock' here
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
void helper_opens(void)
{
	open_it();
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

static void *take(size_t n, gfp_t flags) { return kmalloc(n, flags); }

// CHECK: story.c:[[@LINE+9]]:6: warning: 'flags_decide' calls 'take', which may sleep, while an RCU read lock is held [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+7]]:2: note: 'flags_decide' calls 'rcu_read_lock' here; from here on an RCU read lock is held
// CHECK-NEXT: story.c:[[@LINE-4]]:51: note: 'take' calls 'kmalloc' here
// CHECK-NEXT: api-memory.h:{{[0-9:]+}} note: 'kmalloc' may sleep if argument 2 has '__GFP_DIRECT_RECLAIM'
void *flags_decide(void)
{
	void *p;

	rcu_read_lock();
	p = take(8, GFP_KERNEL);
	rcu_read_unlock();
	return p;
}

// CHECK: story.c:[[@LINE+7]]:2: warning: 'promises' calls 'deeper', which may sleep, but 'promises' promises never to [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+4]]:{{[0-9]+}}: note: the promise of 'promises' is declared here
// CHECK-NEXT: note: 'deeper' calls 'deepest' here
// CHECK-NEXT: note: 'deepest' calls 'mutex_lock' here
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
void __no_sleep promises(void)
{
	deeper();
}

// Where the prototype made the promise, that is where it is declared.
void on_prototype(void) __no_sleep;
// CHECK: story.c:[[@LINE+5]]:2: warning: 'on_prototype' calls 'mutex_lock', which may sleep, but 'on_prototype' promises never to [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE-2]]:{{[0-9]+}}: note: the promise of 'on_prototype' is declared here
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
void on_prototype(void)
{
	mutex_lock(&mutex);
}

struct ops { void (*run)(void); };
static struct ops ops = { .run = deeper };

// A macro among the calls: the finding names what its reader sees, the chain has the rest. What ends it is a macro as well.
#define read_value(a, p) (-__get_user(a, p))
// CHECK: story.c:[[@LINE+10]]:10: warning: 'macro' expands 'read_value', which may sleep in a user page fault, while a spinlock is held [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+8]]:2: note: 'macro' calls 'spin_lock' here; from here on a spinlock is held
// CHECK-NEXT: story.c:[[@LINE+8]]:10: note: 'macro' expands 'read_value' here
// CHECK-NEXT: story.c:[[@LINE-4]]:28: note: 'read_value' expands '__get_user' here
// CHECK-NEXT: api-user.h:{{[0-9:]+}} note: '__get_user' may sleep in a user page fault
int macro(int __user *at __prevalidated)
{
	int a, error;

	spin_lock(&lock);
	error = read_value(a, at);
	spin_unlock(&lock);
	return error ?: a;
}

// The opener that the path took last is the one that still holds.
// CHECK: story.c:[[@LINE+10]]:2: warning: 'reopened' calls 'mutex_lock', which may sleep, while a spinlock is held [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+8]]:2: note: 'reopened' calls 'spin_lock' here; from here on a spinlock is held
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
void reopened(void)
{
	spin_lock(&lock);
	ops.run = NULL;
	spin_unlock(&lock);
	msleep(1);
	spin_lock(&lock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

// Opened by a trylock, by a macro.
// CHECK: story.c:[[@LINE+7]]:2: warning: 'tried' calls 'mutex_lock', which may sleep, while a spinlock is held [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+4]]:{{[0-9]+}}: note: 'tried' calls 'spin_trylock' here; from here on a spinlock is held
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
void tried(void)
{
	if (!spin_trylock(&lock))
		return;
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

// CHECK: story.c:[[@LINE+6]]:2: warning: 'off' calls 'msleep', which may sleep, while preemption is disabled [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+4]]:2: note: 'off' expands 'preempt_disable' here; from here on preemption is disabled
// CHECK-NEXT: api-wait.h:{{[0-9:]+}} note: 'msleep' may sleep
void off(void)
{
	preempt_disable();
	msleep(1);
	preempt_enable();
}

// CHECK: story.c:[[@LINE+9]]:2: warning: 'slot' calls through 'ops.run', which may sleep, while a spinlock is held [airlock-sleep-in-region]
// CHECK-NEXT: story.c:[[@LINE+7]]:2: note: 'slot' calls 'spin_lock' here; from here on a spinlock is held
// CHECK-NEXT: story.c:{{[0-9]+:[0-9]+}}: note: 'deeper' is stored in 'ops.run' here
// CHECK-NEXT: note: 'deeper' calls 'deepest' here
// CHECK-NEXT: note: 'deepest' calls 'mutex_lock' here
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
void slot(struct ops *o)
{
	spin_lock(&lock);
	o->run();
	spin_unlock(&lock);
}
