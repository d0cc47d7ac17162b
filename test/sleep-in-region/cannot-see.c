// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the rule's page says that it cannot see: if one of these changes, the page does.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

// Asked in a region of its own: what is opened here is known here.
void asks_itself(void)
{
	spin_lock(&lock);
	if (preemptible())
		mutex_lock(&mutex); // expected-warning {{'asks_itself' calls 'mutex_lock', which may sleep, while}}
	spin_unlock(&lock);
}

// Enabled once, interrupts are on, however often they were disabled: they are counted here.
void enabled_once(void)
{
	local_irq_disable();
	local_irq_disable();
	local_irq_enable();
	msleep(1); // expected-warning {{'enabled_once' calls 'msleep', which may sleep, while interrupts are disabled}}
	local_irq_enable();
}

// A lock that is taken in another unit, with nothing that says so.
int takes_elsewhere(spinlock_t *l);

int no_marker(spinlock_t *l)
{
	if (takes_elsewhere(l))
		return -EBUSY;
	msleep(1);
	spin_unlock(l);
	return 0;
}
