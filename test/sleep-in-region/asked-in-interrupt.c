// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Code that has asked whether an interrupt is handled, and was told no, is not called from one. It says nothing of locks.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
typedef int irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int irq, void *data);
typedef int spinlock_t;
int request_irq(unsigned irq, irq_handler_t handler, unsigned long flags, const char *name, void *data);
struct timer_list { void (*function)(struct timer_list *timer); };
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void spin_lock_bh(spinlock_t *lock);
void spin_unlock_bh(spinlock_t *lock);
void local_bh_disable(void);
void local_bh_enable(void);
void msleep(unsigned ms);
void udelay(unsigned us);
unsigned long in_interrupt(void);
_Bool in_task(void);
unsigned long in_hardirq(void);

static void waits(void)
{
  if (in_interrupt())
    udelay(10);
  else
    msleep(1);
}
static void waits_in_task(void)
{
  if (in_task())
    msleep(1);
}
static void waits_unless_hard(void)
{
  if (!in_hardirq())
    msleep(1);
}

static irqreturn_t asks(int irq, void *data)
{
  waits();
  waits_in_task();
  waits_unless_hard();
  if (!in_interrupt())
    msleep(1);
  return 1;
}
static void later(struct timer_list *timer)
{
  waits();
  waits_in_task();
  waits_unless_hard(); // expected-warning {{'later' calls 'waits_unless_hard', which may sleep, while a softirq handler runs}}
}
int start(void *p, struct timer_list *timer)
{
  timer->function = later;
  return request_irq(1, asks, 0, "", p);
}

void locked(spinlock_t *lock)
{
  spin_lock(lock);
  waits(); // expected-warning {{'locked' calls 'waits', which may sleep, while a spinlock is held}}
  spin_unlock(lock);
}
void without_softirqs(void)
{
  local_bh_disable();
  waits();
  waits_in_task(); // expected-warning {{'without_softirqs' calls 'waits_in_task', which may sleep, while bottom halves are disabled}}
  local_bh_enable();
}
