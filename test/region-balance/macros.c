// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Macros that open and close: by what the model says of them, or by the calls inside.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

// The model knows these by name; their bodies, as in a kernel that does not preempt, call nothing.
#define barrier() asm volatile("" ::: "memory")
#define preempt_disable() barrier()
#define preempt_enable() barrier()

// The model does not know these: the calls inside count.
#define thing_lock(t) spin_lock(&(t)->lock)
#define thing_unlock(t) spin_unlock(&(t)->lock)
#define thing_trylock(t) (t ? spin_trylock(&(t)->lock) : 0)
#define with_thing(t, statement)  \
	do {                      \
		thing_lock(t);    \
		statement;        \
		thing_unlock(t);  \
	} while (0)

// Known by name, and around a function that is known as well: one opening, not two.
unsigned long _raw_spin_lock_irqsave(spinlock_t *lock);
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
#define raw_spin_lock_irqsave(lock, flags) ((flags) = _raw_spin_lock_irqsave(lock))
#define spin_lock_irqsave(lock, flags) raw_spin_lock_irqsave(lock, flags)

void modelled(void)
{
	preempt_disable();
	preempt_enable();
}

void modelled_left_open(void)
{
	preempt_disable();
	if (ready())
		return; // expected-warning {{'modelled_left_open' returns while}}
	preempt_enable();
}

void modelled_nests(void)
{
	preempt_disable();
	preempt_disable();
	preempt_enable();
	if (ready()) {
		preempt_enable();
		return;
	}
	preempt_enable();
}

void modelled_closed_twice(void)
{
	preempt_disable();
	if (ready())
		preempt_enable();
	preempt_enable(); // expected-remark {{'preempt_enable', which closes region 'preempt_off', but it is not open on every path [airlock-region-balance]}}
}

// Opened by one macro, closed by another, or by hand.
void wrapped(struct thing *t)
{
	if (ready())
		return;
	thing_lock(t);
	t->flags = 0;
	thing_unlock(t);
}

void opened_by_macro(struct thing *t)
{
	if (ready())
		return;
	thing_lock(t);
	spin_unlock(&t->lock);
}

void closed_by_macro(struct thing *t)
{
	if (ready())
		return;
	spin_lock(&t->lock);
	thing_unlock(t);
}

void wrapped_left_open(struct thing *t)
{
	thing_lock(t);
	if (ready())
		return; // expected-warning {{'wrapped_left_open' returns while a spinlock is held [airlock-region-balance]}}
	thing_unlock(t);
}

void wrapped_trylock(struct thing *t)
{
	if (!thing_trylock(t))
		return;
	thing_unlock(t);
}

// A statement in the argument runs with the region open, and may leave.
void in_argument(struct thing *t)
{
	with_thing(t, t->flags = 0);
}

void leaves_in_argument(struct thing *t)
{
	with_thing(t, if (ready()) return); // expected-remark {{'leaves_in_argument' returns while a spinlock is held [airlock-region-balance]}}
}

void counted_once(struct thing *t)
{
	unsigned long flags;

	if (ready())
		return;
	spin_lock_irqsave(&t->lock, flags);
	t->flags = 0;
	spin_unlock_irqrestore(&t->lock, flags);
}

void irqsave_left_open(struct thing *t)
{
	unsigned long flags;

	spin_lock_irqsave(&t->lock, flags);
	if (ready())
		return; // expected-warning 1+ {{'irqsave_left_open' returns while}}
	spin_unlock_irqrestore(&t->lock, flags);
}

// An expansion that yields no code opens nothing.
unsigned long not_evaluated(struct thing *t)
{
	return sizeof(thing_trylock(t));
}
