// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is handed on is called with what is passed to it there: that decides, as at any other call.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

typedef int worker(int wait, gfp_t flags);

static int waits(int wait, gfp_t flags)
{
	if (wait) {
		mutex_lock(&mutex);
		mutex_unlock(&mutex);
	}
	return 0;
}
static int allocates(int wait, gfp_t flags)
{
	void *p = kmalloc(8, flags);

	kfree(p);
	return 0;
}

static int run(worker *fn, int wait, gfp_t flags) { return fn(wait, flags); }
static int run_crossed(int wait, worker *fn, gfp_t more) { return run(fn, !wait, more | __GFP_ZERO); }
static int run_atomic(worker *fn, gfp_t flags) { return run(fn, 0, flags & ~__GFP_DIRECT_RECLAIM); }
static int run_waiting(worker *fn) { return fn(1, GFP_KERNEL); }

void decided_by_the_caller(int n)
{
	spin_lock(&lock);
	run(waits, 0, GFP_KERNEL);
	run(waits, 1, GFP_ATOMIC); // expected-warning {{'decided_by_the_caller' calls 'run', which may sleep, while}}
	run(allocates, 1, GFP_ATOMIC);
	run(allocates, 0, GFP_KERNEL); // expected-warning {{'decided_by_the_caller' calls 'run', which may sleep, while}}
	spin_unlock(&lock);
}

void through_another(worker *unused)
{
	spin_lock(&lock);
	run_crossed(1, allocates, GFP_ATOMIC);
	run_crossed(0, allocates, GFP_KERNEL); // expected-warning {{'through_another' calls 'run_crossed', which may sleep, while}}
	run_atomic(allocates, GFP_KERNEL);
	run_atomic(waits, GFP_KERNEL);
	spin_unlock(&lock);
}

void decided_by_the_one_who_calls_it(void)
{
	spin_lock(&lock);
	run_waiting(waits); // expected-warning {{'decided_by_the_one_who_calls_it' calls 'run_waiting', which may sleep, while}}
	run_waiting(allocates); // expected-warning {{'decided_by_the_one_who_calls_it' calls 'run_waiting', which may sleep, while}}
	spin_unlock(&lock);
}

// Called twice: what both calls pass decides, and what they do not share is open.
static int run_twice(worker *fn, gfp_t flags) { return fn(0, flags) + fn(1, flags); }
static int run_twice_atomic(worker *fn) { return fn(1, GFP_ATOMIC) + fn(1, GFP_NOWAIT); }

void called_twice(void)
{
	spin_lock(&lock);
	run_twice(waits, GFP_ATOMIC); // expected-warning {{'called_twice' calls 'run_twice', which may sleep, while}}
	run_twice(allocates, GFP_ATOMIC);
	run_twice(allocates, GFP_KERNEL); // expected-warning {{'called_twice' calls 'run_twice', which may sleep, while}}
	run_twice_atomic(allocates);
	spin_unlock(&lock);
}

// A parameter goes on through the one who hands it on.
static int wraps(gfp_t flags) { return run(allocates, 0, flags); }
void wrapped(gfp_t flags)
{
	spin_lock(&lock);
	wraps(GFP_ATOMIC);
	wraps(GFP_KERNEL); // expected-warning {{'wrapped' calls 'wraps', which may sleep, while}}
	wraps(flags); // nobody knows
	spin_unlock(&lock);
}
