// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callback that is handed to a function which keeps it in a slot of the same kind is one mistake, not two.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-summary=%t.sum -w %s 2>/dev/null
// RUN: %exits 1 %airlock link %t.sum | FileCheck %s
// CHECK: 'tick' calls 'mutex_lock', which may sleep, while a softirq handler runs
// CHECK-NEXT: 'tick' is passed to 'init_timer_key' as 'func' here
// CHECK-NOT: 'tick' calls
struct mutex { int owner; };
void mutex_lock(struct mutex *lock);
struct timer_list {
  void (*function)(struct timer_list *timer);
};

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *timer)) { timer->function = func; }

static struct mutex mutex;
static void tick(struct timer_list *timer) {
  mutex_lock(&mutex); // expected-warning {{'tick' calls 'mutex_lock', which may sleep, while a softirq handler runs}}
}

void start(struct timer_list *timer) { init_timer_key(timer, tick); }
