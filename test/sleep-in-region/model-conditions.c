// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a model's entry depends on: a number that is passed, another call in the unit, whose function it is.
// RUN: %airlock_cc -DNO_BODIES -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -DIRQ_SAFE -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct device;
struct phy { spinlock_t lock; struct device *dev; int value; };

void fsleep(unsigned long usecs);
void cond_resched_rcu(void);
int pm_runtime_get_sync(struct device *dev);
void pm_runtime_irq_safe(struct device *dev);

void numbers(struct phy *p)
{
	spin_lock(&p->lock);
	fsleep(10);
	fsleep(11); // expected-warning {{'numbers' calls 'fsleep', which may sleep, while a spinlock is held}}
	spin_unlock(&p->lock);
}

void leaves_rcu(struct phy *p)
{
	rcu_read_lock();
	cond_resched_rcu();
	spin_lock(&p->lock);
	cond_resched_rcu(); // expected-warning {{'leaves_rcu' calls 'cond_resched_rcu', which may sleep, while a spinlock is held}}
	spin_unlock(&p->lock);
	rcu_read_unlock();
}

#ifdef IRQ_SAFE
void setup(struct phy *p)
{
	pm_runtime_irq_safe(p->dev);
}

void resumes(struct phy *p)
{
	spin_lock(&p->lock);
	pm_runtime_get_sync(p->dev);
	spin_unlock(&p->lock);
}
#else
void resumes(struct phy *p)
{
	spin_lock(&p->lock);
	pm_runtime_get_sync(p->dev); // expected-warning {{'resumes' calls 'pm_runtime_get_sync', which may sleep, while a spinlock is held}}
	spin_unlock(&p->lock);
}
#endif

// Not the kernel's: it does what its body does.
static void phy_write(struct phy *p, int value)
{
	p->value = value;
}

void writes(struct phy *p)
{
	spin_lock(&p->lock);
	phy_write(p, 1);
	spin_unlock(&p->lock);
}
