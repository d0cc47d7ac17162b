// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Interrupts off, with the flags of before kept in a variable: levels may nest, each needs its own end.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

unsigned long arch_local_irq_save(void);
void arch_local_irq_restore(unsigned long flags);
#define raw_local_irq_save(flags) do { flags = arch_local_irq_save(); } while (0)
#define raw_local_irq_restore(flags) do { arch_local_irq_restore(flags); } while (0)
#define local_irq_save(flags) do { raw_local_irq_save(flags); } while (0)
#define local_irq_restore(flags) do { raw_local_irq_restore(flags); } while (0)

unsigned long _raw_spin_lock_irqsave(spinlock_t *lock);
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
#define raw_spin_lock_irqsave(lock, flags) do { flags = _raw_spin_lock_irqsave(lock); } while (0)
#define spin_lock_irqsave(lock, flags) do { raw_spin_lock_irqsave(lock, flags); } while (0)

void pair(void)
{
	unsigned long flags;

	if (ready())
		return;
	local_irq_save(flags);
	cpu_relax();
	local_irq_restore(flags);
}

void nested(struct thing *t)
{
	unsigned long outer, inner;

	if (ready())
		return;
	local_irq_save(outer);
	local_irq_save(inner);
	cpu_relax();
	local_irq_restore(inner);
	local_irq_restore(outer);
}

void not_restored(void)
{
	unsigned long flags;

	local_irq_save(flags);
	if (ready())
		return; // expected-warning {{'not_restored' returns while}}
	local_irq_restore(flags);
}

void outer_not_restored(void)
{
	unsigned long outer, inner;

	local_irq_save(outer);
	local_irq_save(inner);
	local_irq_restore(inner);
	if (ready())
		return; // expected-warning {{'outer_not_restored' returns while}}
	local_irq_restore(outer);
}

void lock_pair(struct thing *t)
{
	unsigned long flags;

	if (ready())
		return;
	spin_lock_irqsave(&t->lock, flags);
	t->flags = 0;
	spin_unlock_irqrestore(&t->lock, flags);
}

// The flags travel to the caller, and with them the lock.
static unsigned long lock_thing(struct thing *t)
{
	unsigned long flags;

	spin_lock_irqsave(&t->lock, flags);
	return flags;
}

static void lock_thing_to(struct thing *t, unsigned long *flags)
{
	spin_lock_irqsave(&t->lock, *flags);
}

void by_helper(struct thing *t)
{
	unsigned long flags;

	if (ready())
		return;
	flags = lock_thing(t);
	spin_unlock_irqrestore(&t->lock, flags);
	lock_thing_to(t, &flags);
	spin_unlock_irqrestore(&t->lock, flags);
}

void by_helper_left_open(struct thing *t)
{
	unsigned long flags = lock_thing(t);

	if (ready())
		return; // expected-warning 1+ {{'by_helper_left_open' returns while}}
	spin_unlock_irqrestore(&t->lock, flags);
}
