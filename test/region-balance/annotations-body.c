// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An annotation on a function with a body: callers take it at its word, and the body has to keep it.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

void __enters(spinlock) agrees(struct thing *t)
{
	spin_lock(&t->lock);
	t->flags = 0;
}

void __exits(spinlock) agrees_exit(struct thing *t)
{
	t->flags = 0;
	spin_unlock(&t->lock);
}

bool __cond_enters(true, spinlock) agrees_if_true(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		return true;
	spin_unlock(&t->lock);
	return false;
}

int __cond_enters(false, spinlock) agrees_if_zero(struct thing *t)
{
	if (!ready())
		return -EAGAIN;
	spin_lock(&t->lock);
	return 0;
}

bool __cond_exits(true, spinlock) agrees_exit_if_true(struct thing *t)
{
	if (!ready())
		return false;
	spin_unlock(&t->lock);
	return true;
}

bool __cond_enters(true, spinlock) agrees_as_a_tail(struct thing *t)
{
	return spin_trylock(&t->lock);
}

void __enters(spinlock) agrees_through_another(struct thing *t)
{
	agrees(t);
}

void __enters(spinlock) never_opens(struct thing *t) // expected-warning {{'never_opens' is declared to open region 'spinlock' but does not [airlock-region-balance]}}
{
	t->flags = 0;
}

void __exits(spinlock) never_closes(struct thing *t) // expected-warning {{'never_closes' is declared to close region 'spinlock' but does not [airlock-region-balance]}}
{
	t->flags = 0;
}

bool __cond_enters(true, spinlock) never_opens_if_true(struct thing *t) // expected-warning {{'never_opens_if_true' is declared to open region 'spinlock' but does not [airlock-region-balance]}}
{
	t->flags = 0;
	return true;
}

void __enters(rcu) opens_another(struct thing *t) // expected-warning {{'opens_another' is declared to open region 'rcu' but does not [airlock-region-balance]}}
{
	t->flags = 0;
}

// Said on a prototype, kept or broken by the definition.
void prototype_agrees(struct thing *t) __enters(spinlock);
void prototype_agrees(struct thing *t)
{
	spin_lock(&t->lock);
}

void prototype_disagrees(struct thing *t) __enters(spinlock);
void prototype_disagrees(struct thing *t) // expected-warning {{'prototype_disagrees' is declared to open region 'spinlock' but does not [airlock-region-balance]}}
{
	t->flags = 0;
}

// The annotation wins for the callers: one mistake, one finding.
void calls_never_opens(struct thing *t)
{
	if (ready())
		return;
	never_opens(t);
	spin_unlock(&t->lock);
}

// Where the annotation says that it opens on every path, a path that does not is at fault.
void __enters(spinlock) not_always(struct thing *t) // expected-warning@* {{'not_always' is declared to open region 'spinlock' but does not}}
{
	if (ready())
		return;
	spin_lock(&t->lock);
}

// A primitive is made of what no tool looks into.
void __enters(spinlock) primitive(struct thing *t)
{
	asm volatile("lock; incl %0" : "+m"(t->lock.value));
}

void uses_primitive(struct thing *t)
{
	primitive(t);
	if (ready())
		return; // expected-warning {{'uses_primitive' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}
