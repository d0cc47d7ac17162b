// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* What waits: for time, for an event, for a grace period, for the processor. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/freezer.h>
#include <linux/hrtimer.h>
#include <linux/iopoll.h>
#include <linux/kthread.h>
#include <linux/rcuwait.h>
#include <linux/rcupdate_wait.h>
#include <linux/sched/signal.h>
#include <linux/swait.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>

#include "cases.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static DECLARE_SWAIT_QUEUE_HEAD(simple_queue);
static unsigned long bits;

/* Time. */
/* Where nothing but schedule() complains, the time shall not be over before it comes to that on a busy machine. */
SLEEPS(msleep, msleep(1))
SLEEPS(msleep_interruptible, msleep_interruptible(1))
SLEEPS(usleep_range, usleep_range(15000, 16000))
SLEEPS(fsleep_long, fsleep(15000))
ATOMIC(fsleep_short, fsleep(5))
ATOMIC(udelay, udelay(5))
ATOMIC(ndelay, ndelay(5))
ATOMIC(mdelay, mdelay(1))
DIFFERS(ssleep_locked, "lucky path: of no second")
SLEEPS(ssleep, ssleep(0))

/* The processor. */
SLEEPS(cond_resched, cond_resched())
SLEEPS(might_sleep, might_sleep())
SLEEPS(schedule, schedule())
SLEEPS(yield, yield())
SLEEPS(io_schedule_timeout, io_schedule_timeout(5))
SLEEPS(schedule_timeout_uninterruptible, schedule_timeout_uninterruptible(5))
SLEEPS(schedule_timeout_interruptible, schedule_timeout_interruptible(5))
SLEEPS(schedule_timeout_killable, schedule_timeout_killable(5))
SLEEPS(schedule_timeout_idle, schedule_timeout_idle(5))
SLEEPS_WITH(schedule_hrtimeout, ktime_t until = 15 * NSEC_PER_MSEC,
	    set_current_state(TASK_UNINTERRUPTIBLE); schedule_hrtimeout(&until, HRTIMER_MODE_REL), )
ATOMIC(cpu_relax, cpu_relax())
CASE(cond_resched_lock)
{
	spin_lock(&spinlock);
	cond_resched_lock(&spinlock);
	spin_unlock(&spinlock);
	return 0;
}
CASE(cond_resched_lock_in_rcu)
{
	rcu_read_lock();
	spin_lock(&spinlock);
	cond_resched_lock(&spinlock);
	spin_unlock(&spinlock);
	rcu_read_unlock();
	return 0;
}
CASE(cond_resched_rcu)
{
	rcu_read_lock();
	cond_resched_rcu();
	rcu_read_unlock();
	return 0;
}
CASE(cond_resched_rcu_locked)
{
	spin_lock(&spinlock);
	rcu_read_lock();
	cond_resched_rcu();
	rcu_read_unlock();
	spin_unlock(&spinlock);
	return 0;
}

/* Events. */
#define DONE DECLARE_COMPLETION_ONSTACK(done); complete(&done)
SLEEPS_WITH(wait_for_completion, DONE, wait_for_completion(&done), )
SLEEPS_WITH(wait_for_completion_interruptible, DONE, if (wait_for_completion_interruptible(&done)) {}, )
SLEEPS_WITH(wait_for_completion_killable, DONE, if (wait_for_completion_killable(&done)) {}, )
SLEEPS_WITH(wait_for_completion_timeout, DONE, wait_for_completion_timeout(&done, 1), )
SLEEPS_WITH(wait_for_completion_runs_out, DECLARE_COMPLETION_ONSTACK(never), wait_for_completion_timeout(&never, 1), )
SLEEPS_WITH(wait_for_completion_io_timeout, DONE, wait_for_completion_io_timeout(&done, 1), )
SLEEPS_WITH(wait_for_completion_interruptible_timeout, DONE,
	    if (wait_for_completion_interruptible_timeout(&done, 1)) {}, )
ATOMIC_WITH(complete, DECLARE_COMPLETION_ONSTACK(done), complete(&done), )
ATOMIC_WITH(complete_all, DECLARE_COMPLETION_ONSTACK(done), complete_all(&done), )
ATOMIC_WITH(try_wait_for_completion, DONE, if (try_wait_for_completion(&done)) {}, )
SLEEPS(wait_event, wait_event(queue, yes))
SLEEPS(wait_event_timeout, wait_event_timeout(queue, !yes, 1))
SLEEPS(wait_event_interruptible, if (wait_event_interruptible(queue, yes)) {})
SLEEPS(wait_event_interruptible_timeout, wait_event_interruptible_timeout(queue, !yes, 1))
SLEEPS(wait_event_killable, if (wait_event_killable(queue, yes)) {})
SLEEPS(wait_event_idle_timeout, wait_event_idle_timeout(queue, !yes, 1))
SLEEPS(wait_event_freezable, if (wait_event_freezable(queue, yes)) {})
SLEEPS(wait_event_hrtimeout, if (wait_event_hrtimeout(queue, !yes, 50 * NSEC_PER_USEC)) {})
DIFFERS(wait_event_cmd_locked, "lucky path: what is waited for is there, and this one does not say might_sleep()")
SLEEPS(wait_event_cmd, wait_event_cmd(queue, yes, (void)0, (void)0))
SLEEPS(io_wait_event, io_wait_event(queue, yes))
DIFFERS(swait_event_exclusive_locked,
	"lucky path: what is waited for is there, and this one does not say might_sleep()")
SLEEPS(swait_event_exclusive, swait_event_exclusive(simple_queue, yes))
SLEEPS(swait_event_timeout_exclusive, swait_event_timeout_exclusive(simple_queue, !yes, 1))
SLEEPS(wait_var_event, wait_var_event(&bits, yes))
SLEEPS(wait_var_event_timeout, wait_var_event_timeout(&bits, !yes, 1))
SLEEPS(wait_on_bit, if (wait_on_bit(&bits, 0, TASK_UNINTERRUPTIBLE)) {})
SLEEPS(wait_on_bit_lock, if (!wait_on_bit_lock(&bits, 1, TASK_UNINTERRUPTIBLE)) clear_and_wake_up_bit(1, &bits))
SLEEPS_WITH(wait_woken, DEFINE_WAIT_FUNC(wait, woken_wake_function); add_wait_queue(&queue, &wait),
	    wait_woken(&wait, TASK_UNINTERRUPTIBLE, 1), remove_wait_queue(&queue, &wait))
ATOMIC(wake_up, wake_up(&queue))
ATOMIC(wake_up_all, wake_up_all(&queue))
ATOMIC(wake_up_bit, wake_up_bit(&bits, 0))
ATOMIC(wake_up_process, wake_up_process(current))
CASE(wait_event_lock_irq)
{
	spin_lock_irq(&spinlock);
	wait_event_lock_irq(queue, yes, spinlock);
	spin_unlock_irq(&spinlock);
	return 0;
}
SLEEPS_WITH(read_poll_timeout, int value, if (read_poll_timeout(READ_ONCE, value, !value, 50, 200, false, bits)) {}, )
ATOMIC_WITH(read_poll_timeout_atomic, int value,
	    if (read_poll_timeout_atomic(READ_ONCE, value, !value, 5, 20, false, bits)) {}, )
DIFFERS(try_to_freeze_locked, "compiled out: no freezer")
SLEEPS(try_to_freeze, try_to_freeze())

/* A wait that is not for the state the task is in. */
DIFFERS(mutex_after_prepare_to_wait, "not seen: the state of a task, which the lock undoes, is no region")
CASE(mutex_after_prepare_to_wait)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	finish_wait(&queue, &wait);
	return 0;
}

/* Grace periods. */
SLEEPS(synchronize_rcu, synchronize_rcu())
SLEEPS(synchronize_rcu_expedited, synchronize_rcu_expedited())
SLEEPS(synchronize_srcu, synchronize_srcu(&srcu))
SLEEPS(synchronize_srcu_expedited, synchronize_srcu_expedited(&srcu))
SLEEPS(rcu_barrier, rcu_barrier())
SLEEPS(srcu_barrier, srcu_barrier(&srcu))
SLEEPS_WITH(cond_synchronize_rcu, unsigned long state = start_poll_synchronize_rcu(), cond_synchronize_rcu(state), )
ATOMIC_WITH(poll_state_synchronize_rcu, unsigned long state = get_state_synchronize_rcu(),
	    if (poll_state_synchronize_rcu(state)) {}, )
SLEEPS_WITH(cleanup_srcu_struct, struct srcu_struct own; if (init_srcu_struct(&own)) return -1, cleanup_srcu_struct(&own), )
CASE(synchronize_rcu_in_srcu)
{
	int index = srcu_read_lock(&srcu);

	synchronize_rcu();
	srcu_read_unlock(&srcu, index);
	return 0;
}
CASE(cond_resched_in_bh_off)
{
	local_bh_disable();
	cond_resched();
	local_bh_enable();
	return 0;
}
CASE(msleep_in_rcu)
{
	rcu_read_lock();
	msleep(1);
	rcu_read_unlock();
	return 0;
}
CASE(schedule_in_preempt_off)
{
	preempt_disable();
	schedule();
	preempt_enable();
	return 0;
}
DIFFERS(schedule_in_irq_off, "by contract: schedule() does not look at interrupts, and turns them on")
CASE(schedule_in_irq_off)
{
	local_irq_disable();
	schedule();
	local_irq_enable();
	return 0;
}

/* The state of what asked is the region's. */
static noinline void sleep_unless_atomic(void)
{
	if (!in_atomic())
		msleep(1);
}
static noinline void sleep_unless_irqs_disabled(void)
{
	if (!irqs_disabled())
		msleep(1);
}
ATOMIC(helper_asks_in_atomic, sleep_unless_atomic())
CASE(helper_asks_irqs_disabled)
{
	local_irq_disable();
	sleep_unless_irqs_disabled();
	local_irq_enable();
	return 0;
}
DIFFERS(helper_asks_the_wrong_question,
	"not seen: in_atomic() knows of no RCU reader of a preemptible kernel; who asks is believed")
CASE(helper_asks_the_wrong_question)
{
	rcu_read_lock();
	sleep_unless_atomic();
	rcu_read_unlock();
	return 0;
}
