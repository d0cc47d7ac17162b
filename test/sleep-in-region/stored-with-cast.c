// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A function that is stored with a cast runs where others do that are stored there.
// RUN: %airlock_cc -DNO_BODIES -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct timer_list { void (*function)(struct timer_list *); };
struct port { struct timer_list timer, other; };
typedef int (*irq_handler_t)(int, void *);
int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn, unsigned long flags, const char *name, void *dev);

static void of_own_type(struct port *p) { msleep(1); } // expected-warning {{'of_own_type' calls 'msleep', which may sleep, while a softirq handler runs}}
static void of_no_type(struct port *p) { msleep(1); } // expected-warning {{'of_no_type' calls 'msleep', which may sleep, while a softirq handler runs}}
static int handler(int irq, struct port *p) { msleep(1); return 1; } // expected-warning {{'handler' calls 'msleep', which may sleep, while an interrupt handler runs}}
static int thread(int irq, struct port *p) { msleep(1); return 1; }
static void never_stored(struct port *p) { msleep(1); }

void set(struct port *p)
{
	p->timer.function = (void (*)(struct timer_list *))of_own_type;
	p->other.function = (void *)&of_no_type;
	request_threaded_irq(1, (irq_handler_t)handler, (irq_handler_t)thread, 0, "port", p);
	never_stored(p);
}
