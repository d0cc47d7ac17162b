// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Functions that the kernel calls, some of them where nobody may sleep. */
#include <linux/clk-provider.h>
#include <linux/clk.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kref.h>
#include <linux/kthread.h>
#include <linux/leds.h>
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>
#include <linux/regmap.h>
#include <linux/rtnetlink.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/task_work.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "cases.h"

/* A function that the kernel calls: WAY makes it. */
#define CALLED(name, head, does, tail, way)                                                                            \
	head(name##__called)                                                                                               \
	{                                                                                                                  \
		does;                                                                                                          \
		tail;                                                                                                          \
	}                                                                                                                  \
	CASE(name)                                                                                                         \
	{                                                                                                                  \
		way(name##__called);                                                                                           \
		return 0;                                                                                                      \
	}

/* Three of a kind: one waits for a mutex, one for memory, one for nothing. */
#define CALLBACK(name, head, tail, way)                                                                                \
	CALLED(name##_mutex, head, mutex_lock(&mutex); mutex_unlock(&mutex), tail, way)                                    \
	CALLED(name##_allocation, head, kfree(kmalloc(16, GFP_KERNEL)), tail, way)                                         \
	CALLED(name##_atomic, head, kfree(kmalloc(16, GFP_ATOMIC)), tail, way)

#define TIMER_HEAD(name) static void name(struct timer_list *timer)
#define TIMER_WAY(called)                                                                                              \
	static struct timer_list timer;                                                                                    \
	timer_setup(&timer, called, 0);                                                                                    \
	mod_timer(&timer, jiffies + 1);                                                                                    \
	msleep(50);                                                                                                        \
	timer_delete_sync(&timer)
CALLBACK(timer, TIMER_HEAD, , TIMER_WAY)

#define HRTIMER_HEAD(name) static enum hrtimer_restart name(struct hrtimer *timer)
#define HRTIMER_WAY(called)                                                                                            \
	static struct hrtimer timer;                                                                                       \
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);                                                           \
	timer.function = called;                                                                                           \
	hrtimer_start(&timer, NSEC_PER_MSEC, HRTIMER_MODE_REL);                                                            \
	msleep(50);                                                                                                        \
	hrtimer_cancel(&timer)
CALLBACK(hrtimer, HRTIMER_HEAD, return HRTIMER_NORESTART, HRTIMER_WAY)

#define TASKLET_HEAD(name) static void name(struct tasklet_struct *tasklet)
#define TASKLET_WAY(called)                                                                                            \
	static struct tasklet_struct tasklet;                                                                              \
	tasklet_setup(&tasklet, called);                                                                                   \
	tasklet_schedule(&tasklet);                                                                                        \
	tasklet_kill(&tasklet)
CALLBACK(tasklet, TASKLET_HEAD, , TASKLET_WAY)

#define IRQ_WORK_HEAD(name) static void name(struct irq_work *work)
#define IRQ_WORK_WAY(called)                                                                                           \
	static struct irq_work work;                                                                                       \
	init_irq_work(&work, called);                                                                                      \
	irq_work_queue(&work);                                                                                             \
	irq_work_sync(&work)
CALLBACK(irq_work, IRQ_WORK_HEAD, , IRQ_WORK_WAY)

#define RCU_HEAD_HEAD(name) static void name(struct rcu_head *head)
#define RCU_WAY(called)                                                                                                \
	static struct rcu_head head;                                                                                       \
	call_rcu(&head, called);                                                                                           \
	rcu_barrier()
CALLBACK(call_rcu, RCU_HEAD_HEAD, , RCU_WAY)

#define WORK_HEAD(name) static void name(struct work_struct *work)
#define WORK_WAY(called)                                                                                               \
	static struct work_struct work;                                                                                    \
	INIT_WORK(&work, called);                                                                                          \
	schedule_work(&work);                                                                                              \
	flush_work(&work)
CALLBACK(work, WORK_HEAD, , WORK_WAY)
#define BH_WORK_WAY(called)                                                                                            \
	static struct work_struct work;                                                                                    \
	INIT_WORK(&work, called);                                                                                          \
	queue_work(system_bh_wq, &work);                                                                                   \
	flush_work(&work)
DIFFERS(bh_work_mutex, "not seen: which queue a work item is put on, and only those of system_bh_wq run in a softirq")
DIFFERS(bh_work_allocation,
	"not seen: which queue a work item is put on, and only those of system_bh_wq run in a softirq")
CALLBACK(bh_work, WORK_HEAD, , BH_WORK_WAY)
#define RCU_WORK_WAY(called)                                                                                           \
	static struct rcu_work work;                                                                                       \
	INIT_RCU_WORK(&work, called);                                                                                      \
	queue_rcu_work(system_wq, &work);                                                                                  \
	flush_rcu_work(&work)
CALLBACK(rcu_work, WORK_HEAD, , RCU_WORK_WAY)

#define THREAD_HEAD(name) static int name(void *data)
#define THREAD_WAY(called)                                                                                             \
	struct task_struct *task = kthread_run(called, NULL, "airlock");                                                   \
	msleep(20);                                                                                                        \
	(void)task
CALLBACK(kthread, THREAD_HEAD, return 0, THREAD_WAY)

#define CALL_HEAD(name) static void name(void *data)
#define CALL_WAY(called) smp_call_function_single(0, called, NULL, 1)
CALLBACK(smp_call, CALL_HEAD, , CALL_WAY)
#define EACH_CPU_WAY(called) on_each_cpu(called, NULL, 1)
CALLBACK(on_each_cpu_callback, CALL_HEAD, , EACH_CPU_WAY)
#define STOP_WAY(called) if (stop_machine(called, NULL, NULL)) return -1
CALLBACK(stop_machine_callback, THREAD_HEAD, return 0, STOP_WAY)

#define NOTIFIER_HEAD(name) static int name(struct notifier_block *block, unsigned long what, void *data)
#define ATOMIC_NOTIFIER_WAY(called)                                                                                    \
	static ATOMIC_NOTIFIER_HEAD(chain);                                                                                \
	static struct notifier_block block = { .notifier_call = called };                                                  \
	atomic_notifier_chain_register(&chain, &block);                                                                    \
	atomic_notifier_call_chain(&chain, 0, NULL);                                                                       \
	atomic_notifier_chain_unregister(&chain, &block)
CALLBACK(atomic_notifier, NOTIFIER_HEAD, return NOTIFY_DONE, ATOMIC_NOTIFIER_WAY)
#define BLOCKING_NOTIFIER_WAY(called)                                                                                  \
	static BLOCKING_NOTIFIER_HEAD(chain);                                                                              \
	static struct notifier_block block = { .notifier_call = called };                                                  \
	blocking_notifier_chain_register(&chain, &block);                                                                  \
	blocking_notifier_call_chain(&chain, 0, NULL);                                                                     \
	blocking_notifier_chain_unregister(&chain, &block)
CALLBACK(blocking_notifier, NOTIFIER_HEAD, return NOTIFY_DONE, BLOCKING_NOTIFIER_WAY)

#define KREF_HEAD(name) static void name(struct kref *ref)
#define KREF_LOCKED_WAY(called)                                                                                        \
	static struct kref ref;                                                                                            \
	kref_init(&ref);                                                                                                   \
	spin_lock(&spinlock);                                                                                              \
	kref_put(&ref, called);                                                                                            \
	spin_unlock(&spinlock)
CALLBACK(kref_put_locked, KREF_HEAD, , KREF_LOCKED_WAY)
#define KREF_WAY(called)                                                                                               \
	static struct kref ref;                                                                                            \
	kref_init(&ref);                                                                                                   \
	kref_put(&ref, called)
CALLBACK(kref_put, KREF_HEAD, , KREF_WAY)

/* Of drivers. */
#define CLK_HEAD(name) static int name(struct clk_hw *hw)
#define CLK_WAY(called, slot)                                                                                          \
	static const struct clk_ops ops = { .slot = called };                                                              \
	static const struct clk_init_data init = { .name = "airlock", .ops = &ops };                                       \
	static struct clk_hw hw;                                                                                           \
	hw.init = &init;                                                                                                   \
	if (clk_hw_register(NULL, &hw))                                                                                    \
		return -ENODEV;                                                                                                \
	if (!clk_prepare_enable(hw.clk))                                                                                   \
		clk_disable_unprepare(hw.clk);                                                                                 \
	clk_hw_unregister(&hw)
#define CLK_ENABLE_WAY(called) CLK_WAY(called, enable)
#define CLK_PREPARE_WAY(called) CLK_WAY(called, prepare)
CALLBACK(clk_ops_enable, CLK_HEAD, return 0, CLK_ENABLE_WAY)
CALLBACK(clk_ops_prepare, CLK_HEAD, return 0, CLK_PREPARE_WAY)

#define EVENT_HEAD(name) static int name(struct input_dev *input, unsigned int type, unsigned int code, int value)
#define EVENT_WAY(called)                                                                                              \
	struct input_dev *input = input_allocate_device();                                                                 \
	if (!input)                                                                                                        \
		return -ENOMEM;                                                                                                \
	input_set_capability(input, EV_LED, LED_CAPSL);                                                                    \
	input->event = called;                                                                                             \
	if (input_register_device(input))                                                                                  \
		return -ENODEV;                                                                                                \
	input_event(input, EV_LED, LED_CAPSL, 1);                                                                          \
	input_unregister_device(input)
CALLBACK(input_dev_event, EVENT_HEAD, return 0, EVENT_WAY)

#define XMIT_HEAD(name) static netdev_tx_t name(struct sk_buff *skb, struct net_device *device)
#define XMIT_WAY(called)                                                                                               \
	static const struct net_device_ops ops = { .ndo_start_xmit = called };                                             \
	struct net_device *device = alloc_etherdev(0);                                                                     \
	struct sk_buff *skb = alloc_skb(64, GFP_KERNEL);                                                                   \
	if (!device || !skb)                                                                                               \
		return -ENOMEM;                                                                                                \
	device->netdev_ops = &ops;                                                                                         \
	eth_hw_addr_random(device);                                                                                        \
	if (register_netdev(device))                                                                                       \
		return -ENODEV;                                                                                                \
	rtnl_lock();                                                                                                       \
	if (dev_open(device, NULL))                                                                                        \
		pr_info("not open\n");                                                                                         \
	rtnl_unlock();                                                                                                     \
	skb_put_zero(skb, 60);                                                                                             \
	skb->dev = device;                                                                                                 \
	dev_queue_xmit(skb);                                                                                               \
	unregister_netdev(device);                                                                                         \
	free_netdev(device)
CALLBACK(ndo_start_xmit, XMIT_HEAD, dev_kfree_skb_any(skb); return NETDEV_TX_OK, XMIT_WAY)

#define OPEN_HEAD(name) static int name(struct net_device *device)
#define OPEN_WAY(called)                                                                                               \
	static const struct net_device_ops ops = { .ndo_open = called };                                                   \
	struct net_device *device = alloc_etherdev(0);                                                                     \
	if (!device)                                                                                                       \
		return -ENOMEM;                                                                                                \
	device->netdev_ops = &ops;                                                                                         \
	eth_hw_addr_random(device);                                                                                        \
	if (register_netdev(device))                                                                                       \
		return -ENODEV;                                                                                                \
	rtnl_lock();                                                                                                       \
	if (dev_open(device, NULL))                                                                                        \
		pr_info("not open\n");                                                                                         \
	rtnl_unlock();                                                                                                     \
	unregister_netdev(device);                                                                                         \
	free_netdev(device)
CALLBACK(ndo_open, OPEN_HEAD, return 0, OPEN_WAY)

#define LED_HEAD(name) static void name(struct led_classdev *led, enum led_brightness brightness)
#define LED_WAY(called)                                                                                                \
	static struct led_classdev led = { .name = "airlock", .brightness_set = called };                                  \
	if (led_classdev_register(NULL, &led))                                                                             \
		return -ENODEV;                                                                                                \
	spin_lock(&spinlock);                                                                                              \
	led_set_brightness(&led, LED_FULL);                                                                                \
	spin_unlock(&spinlock);                                                                                            \
	led_classdev_unregister(&led)
CALLBACK(led_brightness_set, LED_HEAD, , LED_WAY)

#define REG_HEAD(name) static int name(void *context, unsigned int number, unsigned int value)
#define REG_WAY(called, fast)                                                                                          \
	static const struct regmap_bus bus = { .reg_write = called };                                                      \
	static const struct regmap_config config = { .reg_bits = 8, .val_bits = 8, .fast_io = fast };                      \
	struct regmap *map = regmap_init(NULL, &bus, NULL, &config);                                                       \
	if (IS_ERR(map))                                                                                                   \
		return PTR_ERR(map);                                                                                           \
	if (regmap_write(map, 1, 0))                                                                                       \
		pr_info("not written\n");                                                                                      \
	regmap_exit(map)
#define REG_FAST_WAY(called) REG_WAY(called, true)
#define REG_SLOW_WAY(called) REG_WAY(called, false)
DIFFERS(regmap_fast_write_mutex, "not seen: whether a register map is of fast_io, and locks with a spinlock")
DIFFERS(regmap_fast_write_allocation, "not seen: whether a register map is of fast_io, and locks with a spinlock")
CALLBACK(regmap_fast_write, REG_HEAD, return 0, REG_FAST_WAY)
CALLBACK(regmap_slow_write, REG_HEAD, return 0, REG_SLOW_WAY)
