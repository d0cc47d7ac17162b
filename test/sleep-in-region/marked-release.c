// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A prototype that is marked as releasing a lock speaks of the lock: what was disabled together with it may be on again. What was
// opened by somebody else is still open.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#define __releases(x)
#define __acquires(x)
typedef struct spinlock { int x; } spinlock_t;
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);
unsigned long _raw_spin_lock_irqsave(spinlock_t *l);
#define spin_lock_irqsave(l, f) do { f = _raw_spin_lock_irqsave(l); } while (0)
void spin_unlock_irqrestore(spinlock_t *l, unsigned long f);
void local_irq_disable(void);
void local_irq_enable(void);
void msleep(unsigned ms);

struct port { spinlock_t lock; int n; };
void put_back(struct port *p, unsigned long flags) __releases(&p->lock);

void together(struct port *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	p->n++;
	put_back(p, flags);
	msleep(1);
}

void on_one_path(struct port *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	if (p->n)
		put_back(p, flags);
	else
		spin_unlock_irqrestore(&p->lock, flags);
	msleep(1);
}

void apart(struct port *p)
{
	local_irq_disable();
	spin_lock(&p->lock);
	put_back(p, 0);
	msleep(1); // expected-warning {{'apart' calls 'msleep', which may sleep, while interrupts are disabled}}
	local_irq_enable();
}

void another_lock(struct port *p, spinlock_t *outer)
{
	unsigned long flags;

	spin_lock(outer);
	spin_lock_irqsave(&p->lock, flags);
	put_back(p, flags);
	msleep(1); // expected-warning {{'another_lock' calls 'msleep', which may sleep, while a spinlock is held}}
	spin_unlock(outer);
}

void before(struct port *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	msleep(1); // expected-warning {{'before' calls 'msleep'}}
	put_back(p, flags);
}

// A body says all of it.
static void put_lock(struct port *p) __releases(&p->lock)
{
	spin_unlock(&p->lock);
}

void seen(struct port *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	put_lock(p);
	msleep(1); // expected-warning {{'seen' calls 'msleep', which may sleep, while interrupts are disabled}}
	local_irq_enable();
}
