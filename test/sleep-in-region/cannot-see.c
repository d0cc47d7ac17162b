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

// Interrupts that a helper enables: how often they were disabled is counted across calls.
static void enable_them(void) { local_irq_enable(); }
void enabled_by_a_helper(void)
{
	local_irq_disable();
	local_irq_disable();
	enable_them();
	msleep(1); // expected-warning {{'enabled_by_a_helper' calls 'msleep', which may sleep, while interrupts are disabled}}
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

// And one that another unit lets go of: the unit that calls it still counts it.
void drops_elsewhere(spinlock_t *l);

void no_marker_either(spinlock_t *l)
{
	spin_lock(l);
	drops_elsewhere(l);
	msleep(1); // expected-warning {{'no_marker_either' calls 'msleep', which may sleep, while}}
}

// A variable that gets what a call returns remembers nothing else.
int start(void);

static int unless_busy(int busy)
{
	int ret = 0;

	if (busy)
		ret = -EBUSY;
	if (ret)
		return ret;
	msleep(1);
	ret = start();
	return ret;
}

void is_busy(spinlock_t *l)
{
	spin_lock(l);
	unless_busy(1); // expected-warning {{'is_busy' calls 'unless_busy', which may sleep, while}}
	spin_unlock(l);
}
