// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Work that others do: to start it, to wait for it, to stop it. */
#include <linux/async.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kmod.h>
#include <linux/kthread.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/task_work.h>
#include <linux/timer.h>
#include <linux/umh.h>
#include <linux/workqueue.h>

#include "cases.h"

static void work__nothing(struct work_struct *work) {}
static void work__timer(struct timer_list *timer) {}
static enum hrtimer_restart work__hrtimer(struct hrtimer *timer) { return HRTIMER_NORESTART; }
static void work__tasklet(struct tasklet_struct *tasklet) {}
static void work__irq(struct irq_work *work) {}
static int work__stop(void *data) { return 0; }
static void work__call(void *data) {}
static void work__kthread_work(struct kthread_work *work) {}
static void work__async(void *data, async_cookie_t cookie) {}
static int work__thread(void *data)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static DECLARE_WORK(work, work__nothing);
static DECLARE_DELAYED_WORK(delayed, work__nothing);
static DEFINE_TIMER(timer, work__timer);
static DECLARE_TASKLET(tasklet, work__tasklet);
static DEFINE_IRQ_WORK(irq_work, work__irq);
static DEFINE_KTHREAD_WORK(kthread_work, work__kthread_work);

SLEEPS_WITH(flush_work, schedule_work(&work), flush_work(&work), )
SLEEPS_WITH(flush_delayed_work, schedule_delayed_work(&delayed, 1), flush_delayed_work(&delayed), )
SLEEPS_WITH(cancel_work_sync, schedule_work(&work), cancel_work_sync(&work), )
SLEEPS_WITH(cancel_delayed_work_sync, schedule_delayed_work(&delayed, 100), cancel_delayed_work_sync(&delayed), )
ATOMIC(cancel_delayed_work, cancel_delayed_work(&delayed))
ATOMIC(schedule_work, schedule_work(&work))
ATOMIC(schedule_delayed_work, schedule_delayed_work(&delayed, 1))
ATOMIC(mod_delayed_work, mod_delayed_work(system_wq, &delayed, 1))
SLEEPS_WITH(alloc_workqueue, struct workqueue_struct *queue, queue = alloc_workqueue("airlock", 0, 0),
	    destroy_workqueue(queue))
SLEEPS_WITH(destroy_workqueue, struct workqueue_struct *queue = alloc_workqueue("airlock", 0, 0),
	    destroy_workqueue(queue), )
SLEEPS_WITH(flush_workqueue, struct workqueue_struct *queue = alloc_workqueue("airlock", 0, 0), flush_workqueue(queue),
	    destroy_workqueue(queue))
SLEEPS_WITH(drain_workqueue, struct workqueue_struct *queue = alloc_workqueue("airlock", 0, 0), drain_workqueue(queue),
	    destroy_workqueue(queue))
SLEEPS_WITH(kthread_run, struct task_struct *task, task = kthread_run(work__thread, NULL, "airlock"), kthread_stop(task))
SLEEPS_WITH(kthread_stop, struct task_struct *task = kthread_run(work__thread, NULL, "airlock"), kthread_stop(task), )
SLEEPS_WITH(kthread_create_worker, struct kthread_worker *worker, worker = kthread_create_worker(0, "airlock"),
	    kthread_destroy_worker(worker))
SLEEPS_WITH(kthread_destroy_worker, struct kthread_worker *worker = kthread_create_worker(0, "airlock"),
	    kthread_destroy_worker(worker), )
SLEEPS_WITH(kthread_flush_worker, struct kthread_worker *worker = kthread_create_worker(0, "airlock"),
	    kthread_flush_worker(worker), kthread_destroy_worker(worker))
DIFFERS(kthread_cancel_work_sync_locked, "lucky path: the work does not run")
SLEEPS_WITH(kthread_cancel_work_sync, struct kthread_worker *worker = kthread_create_worker(0, "airlock");
	    kthread_queue_work(worker, &kthread_work), kthread_cancel_work_sync(&kthread_work),
	    kthread_destroy_worker(worker))
ATOMIC_WITH(kthread_queue_work, struct kthread_worker *worker = kthread_create_worker(0, "airlock"),
	    kthread_queue_work(worker, &kthread_work), kthread_destroy_worker(worker))
SLEEPS(async_synchronize_full, async_synchronize_full())
ATOMIC_WITH(async_schedule, , async_schedule(work__async, NULL), async_synchronize_full())
DIFFERS(stop_machine_locked, "compiled out: on one processor it is a call with interrupts disabled")
SLEEPS(stop_machine, if (stop_machine(work__stop, NULL, NULL)) {})
ATOMIC(on_each_cpu, on_each_cpu(work__call, NULL, 1))
SLEEPS(request_module, if (request_module("airlock-none")) {})

/* Timers are ended without sleeping, and what runs as one may be spun for. */
ATOMIC(mod_timer, mod_timer(&timer, jiffies + 100); timer_delete(&timer))
ATOMIC_WITH(del_timer_sync, mod_timer(&timer, jiffies + 100), del_timer_sync(&timer), )
ATOMIC_WITH(timer_shutdown_sync, struct timer_list own; timer_setup_on_stack(&own, work__timer, 0),
	    timer_shutdown_sync(&own), destroy_timer_on_stack(&own))
ATOMIC_WITH(hrtimer_cancel, struct hrtimer own; hrtimer_init_on_stack(&own, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	    own.function = work__hrtimer; hrtimer_start(&own, NSEC_PER_SEC, HRTIMER_MODE_REL), hrtimer_cancel(&own),
	    destroy_hrtimer_on_stack(&own))
SLEEPS_WITH(tasklet_kill, tasklet_schedule(&tasklet), tasklet_kill(&tasklet), )
DIFFERS(tasklet_disable_locked, "compiled out: on one processor no tasklet runs elsewhere")
SLEEPS(tasklet_disable, tasklet_disable(&tasklet); tasklet_enable(&tasklet))
ATOMIC(tasklet_schedule, tasklet_schedule(&tasklet))
SLEEPS_WITH(irq_work_sync, irq_work_queue(&irq_work), irq_work_sync(&irq_work), )
ATOMIC(irq_work_queue, irq_work_queue(&irq_work))

static char *const command[] = { "/bin/true", NULL };
static char *const environment[] = { "HOME=/", NULL };
SLEEPS(call_usermodehelper, if (call_usermodehelper(command[0], (char **)command, (char **)environment, UMH_WAIT_PROC)) {})
