// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A handler that is chosen first and registered then: what a local variable keeps goes where it goes. One that goes to
// several places may keep something else for each.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
typedef int irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int irq, void *data);
int request_irq(unsigned irq, irq_handler_t handler, unsigned long flags, const char *name, void *data);
int request_threaded_irq(unsigned irq, irq_handler_t handler, irq_handler_t thread_fn, unsigned long flags, const char *name, void *data);
void msleep(unsigned ms);

static irqreturn_t by_msi(int irq, void *data)
{
  msleep(1); // expected-warning {{'by_msi' calls 'msleep', which may sleep, while an interrupt handler runs}}
  return 1;
}
static irqreturn_t by_line(int irq, void *data)
{
  msleep(1); // expected-warning {{'by_line' calls 'msleep', which may sleep, while an interrupt handler runs}}
  return 1;
}
static irqreturn_t shared(int irq, void *data)
{
  msleep(1); // expected-warning {{'shared' calls 'msleep', which may sleep, while an interrupt handler runs}}
  return 1;
}
static irqreturn_t quick(int irq, void *data) { return 1; }
static irqreturn_t in_thread(int irq, void *data)
{
  msleep(1); // right
  return 1;
}

int by_choice(void *p, int msi)
{
  irq_handler_t handler = msi ? by_msi : by_line;

  return request_irq(1, handler, 0, "", p);
}

int by_assignment(void *p, int mode)
{
  irq_handler_t handler;

  if (mode == 1)
    handler = quick;
  else
    handler = shared;
  return request_irq(1, handler, 0, "", p);
}

int threaded(void *p, int mode)
{
  irq_handler_t handler = in_thread;

  return request_threaded_irq(1, 0, handler, 0, "", p);
}

int one_of_two(void *p, int slow)
{
  irq_handler_t handler = slow ? in_thread : quick;

  if (slow)
    return request_threaded_irq(1, 0, handler, 0, "", p);
  return request_irq(1, handler, 0, "", p);
}
