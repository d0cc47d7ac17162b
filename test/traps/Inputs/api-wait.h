// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Waiting for time, events, work and interrupts, and what merely asks for it.
#ifndef API_WAIT_H
#define API_WAIT_H

#include "api-basic.h"

struct completion { unsigned int done; };
typedef struct wait_queue_head { int head; } wait_queue_head_t;
struct work_struct { void (*func)(struct work_struct *work); };
struct workqueue_struct;
struct task_struct;
struct clk { int enabled; };
struct gpio_desc { int value; };

HELPER void wait_for_completion(struct completion *done);
bool try_wait_for_completion(struct completion *done);
void complete(struct completion *done);

void __wake_up(wait_queue_head_t *queue);
void prepare_to_wait(wait_queue_head_t *queue);
void finish_wait(wait_queue_head_t *queue);
#define wake_up(queue) __wake_up(queue)
#define wait_event(queue, condition)				\
	do {							\
		if (condition)					\
			break;					\
		for (;;) {					\
			prepare_to_wait(&(queue));		\
			if (condition)				\
				break;				\
			schedule();				\
		}						\
		finish_wait(&(queue));				\
	} while (0)

HELPER void msleep(unsigned int ms);
HELPER void usleep_range(unsigned long least, unsigned long most);
HELPER long schedule_timeout(long ticks);
void udelay(unsigned long us);

HELPER bool flush_work(struct work_struct *work);
HELPER bool cancel_work_sync(struct work_struct *work);
bool schedule_work(struct work_struct *work);
HELPER int kthread_stop(struct task_struct *task);
int wake_up_process(struct task_struct *task);

HELPER void disable_irq(unsigned int irq);
void disable_irq_nosync(unsigned int irq);
HELPER void synchronize_irq(unsigned int irq);

HELPER int clk_prepare(struct clk *clock);
int clk_enable(struct clk *clock);
HELPER void gpiod_set_value_cansleep(struct gpio_desc *line, int value);
void gpiod_set_value(struct gpio_desc *line, int value);

#ifndef NO_BODIES
static inline void wait_for_completion(struct completion *done)
{
	might_sleep();
	while (!try_wait_for_completion(done))
		schedule();
}

static inline long schedule_timeout(long ticks)
{
	schedule();
	return ticks;
}

static inline void msleep(unsigned int ms) { schedule_timeout(ms); }
static inline void usleep_range(unsigned long least, unsigned long most) { schedule_timeout(most - least); }

static inline bool flush_work(struct work_struct *work)
{
	struct completion done;

	if (!schedule_work(work))
		return false;
	wait_for_completion(&done);
	return true;
}

static inline bool cancel_work_sync(struct work_struct *work) { return flush_work(work); }

static inline int kthread_stop(struct task_struct *task)
{
	struct completion exited;

	wake_up_process(task);
	wait_for_completion(&exited);
	return 0;
}

static inline void synchronize_irq(unsigned int irq)
{
	might_sleep();
}

static inline void disable_irq(unsigned int irq)
{
	disable_irq_nosync(irq);
	synchronize_irq(irq);
}

static inline int clk_prepare(struct clk *clock)
{
	might_sleep();
	return clock ? 0 : -EINVAL;
}

static inline void gpiod_set_value_cansleep(struct gpio_desc *line, int value)
{
	might_sleep();
	line->value = value;
}
#endif

#endif
