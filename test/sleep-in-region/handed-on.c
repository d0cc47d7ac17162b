// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A function that is handed on to one who calls it: it happens where it is handed on, and nowhere else.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct ref { int count; };

static void put(struct ref *r, void (*release)(struct ref *))
{
	if (--r->count == 0)
		release(r);
}
static void put_later(struct ref *r, void (*release)(struct ref *)) { put(r, release); }

static void sleepy(struct ref *r) { mutex_lock(&mutex); mutex_unlock(&mutex); (void)r; }
static void quick(struct ref *r) { (void)r; }
static void drop_sleepy(struct ref *r) { put_later(r, sleepy); }
static void drop_quick(struct ref *r) { put_later(r, quick); }

void directly(struct ref *r)
{
	spin_lock(&lock);
	put(r, quick);
	put(r, sleepy); // expected-warning {{'directly' calls 'put', which may sleep, while}}
	put(r, &sleepy); // expected-warning {{'directly' calls 'put', which may sleep, while}}
	spin_unlock(&lock);
	put(r, sleepy);
}

void through_helpers(struct ref *r)
{
	spin_lock(&lock);
	put_later(r, quick);
	put_later(r, sleepy); // expected-warning {{'through_helpers' calls 'put_later', which may sleep, while}}
	drop_quick(r);
	drop_sleepy(r); // expected-warning {{'through_helpers' calls 'drop_sleepy', which may sleep, while}}
	spin_unlock(&lock);
}

// Whoever passes what nobody knows is not held to what others pass.
void unknown(struct ref *r, void (*release)(struct ref *))
{
	spin_lock(&lock);
	put(r, release);
	spin_unlock(&lock);
}

// A local that holds one of them is known, too.
void local(struct ref *r)
{
	void (*release)(struct ref *) = sleepy;
	void (*harmless)(struct ref *) = quick;

	spin_lock(&lock);
	put(r, harmless);
	put(r, release); // expected-warning {{'local' calls 'put', which may sleep, while}}
	spin_unlock(&lock);
}

// Only stored, not called.
struct item { void (*release)(struct ref *); };
static void keep(struct item *i, void (*release)(struct ref *)) { i->release = release; }
void keeps(struct item *i)
{
	spin_lock(&lock);
	keep(i, sleepy);
	spin_unlock(&lock);
}
