// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __no_sleep on a function: held to it through everything that it calls, and trusted by its callers.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

static void deepest(void) { mutex_lock(&mutex); }
static void deeper(void) { deepest(); }
static void quick(void) { printk("quick\n"); }

void __no_sleep direct(void)
{
	mutex_lock(&mutex); // expected-warning {{'direct' calls 'mutex_lock', which may sleep, but 'direct' promises never to}}
	mutex_unlock(&mutex);
}

void __no_sleep down_there(void)
{
	quick();
	deeper(); // expected-warning {{'down_there' calls 'deeper', which may sleep, but 'down_there' promises never to}}
}

// On the prototype only, on a later declaration, on a static function.
void on_prototype(void) __no_sleep;
void on_prototype(void)
{
	deeper(); // expected-warning {{'on_prototype' calls 'deeper', which may sleep, but 'on_prototype' promises never to}}
}

static void __no_sleep on_static(void)
{
	msleep(1); // expected-warning {{'on_static' calls 'msleep', which may sleep, but 'on_static' promises never to}}
}

// A user access may sleep, too, and so may an allocation.
int __no_sleep accesses(int __user *at)
{
	int value;

	return get_user(value, at) ?: value; // expected-warning-re {{'accesses' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, but 'accesses' promises never to}}
}

void *__no_sleep allocates(void)
{
	void *p = kmalloc(8, GFP_ATOMIC);

	return p ?: kmalloc(8, GFP_KERNEL); // expected-warning {{'allocates' calls 'kmalloc', which may sleep, but 'allocates' promises never to}}
}

// With page faults disabled the access keeps the promise, and fixing the fault breaks it: seed 002's
// get_user_nosleep().
int __no_sleep nosleep_right(int __user *at)
{
	int value, error;

	pagefault_disable();
	error = get_user(value, at);
	pagefault_enable();
	return error ?: value;
}

int __no_sleep nosleep_wrong(struct mm_struct *mm, int __user *at)
{
	int value, error;
	bool unlocked = false;

	pagefault_disable();
	error = get_user(value, at);
	pagefault_enable();
	if (!error)
		return value;
	mmap_read_lock(mm); // expected-warning {{'nosleep_wrong' calls 'mmap_read_lock', which may sleep, but 'nosleep_wrong' promises never to}}
	error = fixup_user_fault(mm, (unsigned long)at, 0, &unlocked); // expected-warning {{'nosleep_wrong' calls 'fixup_user_fault', which may sleep, but 'nosleep_wrong' promises never to}}
	mmap_read_unlock(mm);
	return error;
}

// Kept: by trying, by its flags, by a parameter of what it calls.
static void maybe_lock(bool may)
{
	if (may)
		mutex_lock(&mutex);
}

bool __no_sleep keeps(void)
{
	kfree(kmalloc(8, GFP_NOWAIT));
	maybe_lock(false);
	quick();
	return mutex_trylock(&mutex);
}

// A parameter of its own does not excuse it: somebody may pass true.
void __no_sleep excuses(bool may)
{
	maybe_lock(may); // expected-warning {{'excuses' calls 'maybe_lock', which may sleep, but 'excuses' promises never to}}
}

// Whoever calls a function that promises believes it. The breach is reported once, where it is.
void unknown_promise(void) __no_sleep;
void believes(void)
{
	spin_lock(&lock);
	direct();
	down_there();
	unknown_promise();
	on_static();
	spin_unlock(&lock);
}

void __no_sleep promises_on_promises(void)
{
	direct();
	unknown_promise();
	keeps();
}

// What nobody knows is quiet. What says that it may sleep is not.
void unknown(void);
void says_so(void) __may_sleep;
void __no_sleep asks_around(void)
{
	unknown();
	says_so(); // expected-warning {{'asks_around' calls 'says_so', which may sleep, but 'asks_around' promises never to}}
}

// It sleeps for everybody else as well, with a body that does not.
static void __may_sleep declared_sleeper(void) { }
void under_lock(void)
{
	spin_lock(&lock);
	says_so(); // expected-warning {{'under_lock' calls 'says_so', which may sleep, while}}
	declared_sleeper(); // expected-warning {{'under_lock' calls 'declared_sleeper', which may sleep, while}}
	unknown();
	spin_unlock(&lock);
}
