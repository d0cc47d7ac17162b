// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A path that never returns leaves nothing open.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

#define BUG()                              \
	do {                               \
		asm volatile("ud2");       \
		__builtin_unreachable();   \
	} while (0)
#define BUG_ON(x)             \
	do {                  \
		if (x)        \
			BUG(); \
	} while (0)

static __attribute__((noreturn)) void die(const char *text)
{
	panic(text);
}

void panics(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		panic("not with the lock");
	spin_unlock(&t->lock);
}

void dies(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		die("not with the lock");
	spin_unlock(&t->lock);
}

void bugs(struct thing *t)
{
	spin_lock(&t->lock);
	BUG_ON(ready());
	spin_unlock(&t->lock);
	BUG_ON(ready());
}

void at_the_end(struct thing *t)
{
	if (ready())
		return;
	spin_lock(&t->lock);
	panic("always");
}

void traps(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		__builtin_trap();
	spin_unlock(&t->lock);
}

void endless(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		for (;;)
			cpu_relax();
	spin_unlock(&t->lock);
}

// What stands after it is not reached, and not judged.
void dead_code(struct thing *t)
{
	spin_lock(&t->lock);
	spin_unlock(&t->lock);
	if (ready()) {
		panic("never comes back");
		spin_unlock(&t->lock);
	}
}

// A warning goes on, unlike a bug.
void warn(const char *text);

void warns(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready()) {
		warn("still here");
		return; // expected-remark {{'warns' returns while a spinlock is held [airlock-region-balance]}}
	}
	spin_unlock(&t->lock);
}
