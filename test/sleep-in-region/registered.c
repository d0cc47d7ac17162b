// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callback that is registered in an object runs as whoever takes the object runs it: an atomic notifier chain calls
// under RCU, a blocking one does not.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-summary=%t.sum -w %s 2>/dev/null
// RUN: %exits 1 %airlock link %t.sum | FileCheck %s --check-prefix=LINK
// LINK-COUNT-7: calls 'mutex_lock', which may sleep, while an RCU read lock is held
struct mutex { int owner; };
void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
struct notifier_block {
  int (*notifier_call)(struct notifier_block *nb, unsigned long action, void *data);
  int (*other_call)(struct notifier_block *nb, unsigned long action, void *data);
  int priority;
};
struct atomic_notifier_head { int lock; };
struct blocking_notifier_head { int lock; };
int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb);
int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb);
int register_inet6addr_notifier(struct notifier_block *nb);
int register_inetaddr_notifier(struct notifier_block *nb);
int register_die_notifier(struct notifier_block *nb);

static struct atomic_notifier_head atomic_chain;
static struct blocking_notifier_head blocking_chain;
static struct mutex mutex;

#define SLEEPER(name)                                                                                                  \
  static int name(struct notifier_block *nb, unsigned long action, void *data)
#define SLEEPS                                                                                                         \
  {                                                                                                                    \
    mutex_lock(&mutex);                                                                                                \
    mutex_unlock(&mutex);                                                                                              \
    return 0;                                                                                                          \
  }

SLEEPER(in_variable) SLEEPS // expected-warning {{calls 'mutex_lock', which may sleep, while an RCU read lock is held}}
static struct notifier_block variable = {.notifier_call = in_variable};

SLEEPER(on_blocking) SLEEPS // right
static struct notifier_block blocking = {.notifier_call = on_blocking};

SLEEPER(on_neither) SLEEPS // right
static struct notifier_block kept = {.notifier_call = on_neither};

SLEEPER(in_other_field) SLEEPS // right: not what the chain calls
SLEEPER(awake) { return 0; }
static struct notifier_block two = {.notifier_call = awake, .other_call = in_other_field};

struct device { struct notifier_block inet6, inet, die; };

SLEEPER(in_member) SLEEPS // expected-warning {{calls 'mutex_lock', which may sleep, while an RCU read lock is held}}
SLEEPER(in_other_member) SLEEPS // right: a blocking chain

int probe(struct device *d) {
  d->inet6.notifier_call = in_member;
  d->inet.notifier_call = in_other_member;
  register_inetaddr_notifier(&d->inet);
  return register_inet6addr_notifier(&d->inet6);
}

SLEEPER(in_nested) SLEEPS // expected-warning {{calls 'mutex_lock', which may sleep, while an RCU read lock is held}}
static struct device device = {.die = {.notifier_call = in_nested}};

SLEEPER(behind_pointer) SLEEPS // expected-warning {{calls 'mutex_lock', which may sleep, while an RCU read lock is held}}
int attach(struct device *d) {
  struct notifier_block *nb = &d->die;
  nb->notifier_call = behind_pointer;
  return atomic_notifier_chain_register(&atomic_chain, nb);
}

SLEEPER(in_element) SLEEPS // expected-warning {{calls 'mutex_lock', which may sleep, while an RCU read lock is held}}
static struct notifier_block blocks[2] = {{.notifier_call = awake}, {.notifier_call = in_element}};

SLEEPER(with_address) SLEEPS // expected-warning {{calls 'mutex_lock', which may sleep, while an RCU read lock is held}}
SLEEPER(with_cast) SLEEPS // expected-warning {{calls 'mutex_lock', which may sleep, while an RCU read lock is held}}
int init(void) {
  static struct notifier_block local = {.notifier_call = &with_address};
  static struct notifier_block cast = {.notifier_call = (int (*)(struct notifier_block *, unsigned long, void *))with_cast};
  atomic_notifier_chain_register(&atomic_chain, &variable);
  atomic_notifier_chain_register(&atomic_chain, &two);
  atomic_notifier_chain_register(&atomic_chain, blocks);
  atomic_notifier_chain_register(&atomic_chain, &local);
  atomic_notifier_chain_register(&atomic_chain, &cast);
  blocking_notifier_chain_register(&blocking_chain, &blocking);
  return register_die_notifier(&device.die) + !!kept.priority;
}
