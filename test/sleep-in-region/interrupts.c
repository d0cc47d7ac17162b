// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Interrupts that are enabled are on, however often they were disabled; what is restored is what was before.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock, other;

void enabled_once(void)
{
	local_irq_disable();
	local_irq_disable();
	local_irq_enable();
	msleep(1);
}

void restored_once(void)
{
	unsigned long outer, inner;

	local_irq_save(outer);
	local_irq_save(inner);
	local_irq_restore(inner);
	msleep(1); // expected-warning {{'restored_once' calls 'msleep', which may sleep, while interrupts are disabled}}
	local_irq_restore(outer);
	msleep(1);
}

void restored_to_off(void)
{
	unsigned long flags;

	local_irq_disable();
	local_irq_save(flags);
	local_irq_restore(flags);
	msleep(1); // expected-warning {{'restored_to_off' calls 'msleep', which may sleep, while interrupts are disabled}}
	local_irq_enable();
	msleep(1);
}

void with_the_lock(void)
{
	spin_lock_irq(&lock);
	spin_lock_irq(&other);
	spin_unlock_irq(&other); // interrupts are on, and the first lock is held
	msleep(1); // expected-warning {{'with_the_lock' calls 'msleep', which may sleep, while a spinlock is held}}
	spin_unlock(&lock);
	msleep(1);
}

void with_the_lock_saved(void)
{
	unsigned long outer, inner;

	spin_lock_irqsave(&lock, outer);
	spin_lock_irqsave(&other, inner);
	spin_unlock_irqrestore(&other, inner);
	spin_unlock(&lock);
	msleep(1); // expected-warning {{'with_the_lock_saved' calls 'msleep', which may sleep, while interrupts are disabled}}
	local_irq_restore(outer);
	msleep(1);
}

// On one way it was disabled twice: enabled once, it is on all the same.
void on_some_ways(int again)
{
	local_irq_disable();
	if (again)
		local_irq_disable();
	local_irq_enable();
	msleep(1);
}
