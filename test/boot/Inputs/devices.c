// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Devices, drivers, and what the subsystems for drivers offer. */
#include <linux/console.h>
#include <linux/blkdev.h>
#include <linux/cdev.h>
#include <linux/clk.h>
#include <linux/clk-provider.h>
#include <linux/device.h>
#include <linux/firmware.h>
#include <linux/gpio/consumer.h>
#include <linux/hwmon.h>
#include <linux/i2c.h>
#include <linux/iio/iio.h>
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/jump_label.h>
#include <linux/leds.h>
#include <linux/miscdevice.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>
#include <linux/reboot.h>
#include <linux/regmap.h>
#include <linux/regulator/consumer.h>
#include <linux/regulator/machine.h>
#include <linux/rtc.h>
#include <linux/thermal.h>
#include <linux/tty.h>
#include <linux/watchdog.h>

#include "cases.h"

#define DEVICE                                                                                                         \
	struct platform_device *owner = platform_device_register_simple("airlock", PLATFORM_DEVID_AUTO, NULL, 0);                           \
	struct device *device __maybe_unused = IS_ERR(owner) ? NULL : &owner->dev;                                         \
	if (!device)                                                                                                       \
	return -ENODEV
#define NO_DEVICE platform_device_unregister(owner)
#define OWN_CLASS struct class *class = class_create("airlock"); if (IS_ERR(class)) return PTR_ERR(class)

SLEEPS_WITH(platform_device_register, struct platform_device *owner,
	    owner = platform_device_register_simple("airlock", PLATFORM_DEVID_AUTO, NULL, 0), NO_DEVICE)
SLEEPS_WITH(platform_device_unregister, DEVICE, platform_device_unregister(owner), )
SLEEPS_WITH(platform_device_alloc, struct platform_device *owner, owner = platform_device_alloc("airlock", PLATFORM_DEVID_AUTO),
	    platform_device_put(owner))
SLEEPS_WITH(class_create, struct class *class, class = class_create("airlock"), class_destroy(class))
SLEEPS_WITH(class_destroy, OWN_CLASS, class_destroy(class), )
SLEEPS_WITH(device_create, OWN_CLASS; struct device *device, device = device_create(class, NULL, 0, NULL, "airlock"),
	    device_unregister(device); class_destroy(class))
SLEEPS_WITH(device_unregister, OWN_CLASS; struct device *device = device_create(class, NULL, 0, NULL, "airlock"),
	    device_unregister(device), class_destroy(class))
SLEEPS_WITH(device_lock, DEVICE, device_lock(device); device_unlock(device), NO_DEVICE)
SLEEPS_WITH(dev_set_name, struct device device = {}, if (dev_set_name(&device, "airlock")) {}, kfree(device.kobj.name))
DIFFERS(get_device_locked, "lucky path: it is not the last reference")
ATOMIC_WITH(get_device, DEVICE, get_device(device); put_device(device), NO_DEVICE)
ATOMIC_WITH(dev_info, DEVICE, dev_info(device, "here\n"), NO_DEVICE)
ATOMIC_WITH(dev_set_drvdata, DEVICE, dev_set_drvdata(device, NULL), NO_DEVICE)
static void devices__action(void *data) {}
SLEEPS_WITH(devm_add_action, DEVICE, if (devm_add_action(device, devices__action, NULL)) {}, NO_DEVICE)

static struct platform_driver driver = { .driver = { .name = "airlock-driver" } };
SLEEPS_WITH(platform_driver_register, int error, error = platform_driver_register(&driver),
	    if (!error) platform_driver_unregister(&driver))
SLEEPS_WITH(platform_driver_unregister, if (platform_driver_register(&driver)) return -1,
	    platform_driver_unregister(&driver), )
static const struct file_operations no_operations;
static struct miscdevice misc = { .minor = MISC_DYNAMIC_MINOR, .name = "airlock-misc", .fops = &no_operations };
SLEEPS_WITH(misc_register, int error, error = misc_register(&misc), if (!error) misc_deregister(&misc))
SLEEPS_WITH(misc_deregister, if (misc_register(&misc)) return -1, misc_deregister(&misc), )
SLEEPS_WITH(alloc_chrdev_region, dev_t number; int error, error = alloc_chrdev_region(&number, 0, 1, "airlock"),
	    if (!error) unregister_chrdev_region(number, 1))
SLEEPS_WITH(cdev_alloc, struct cdev *cdev, cdev = cdev_alloc(), kobject_put(&cdev->kobj))
SLEEPS_WITH(register_blkdev, int major, major = register_blkdev(0, "airlock"), unregister_blkdev(major, "airlock"))
SLEEPS_WITH(request_firmware, const struct firmware *firmware; DEVICE; int error,
	    error = request_firmware_direct(&firmware, "airlock-none", device), NO_DEVICE)

/* Notifiers. */
static BLOCKING_NOTIFIER_HEAD(blocking);
static ATOMIC_NOTIFIER_HEAD(atomic);
static RAW_NOTIFIER_HEAD(raw);
static int devices__notified(struct notifier_block *block, unsigned long what, void *data) { return NOTIFY_DONE; }
static struct notifier_block block = { .notifier_call = devices__notified };
SLEEPS_WITH(blocking_notifier_chain_register, , if (blocking_notifier_chain_register(&blocking, &block)) {},
	    blocking_notifier_chain_unregister(&blocking, &block))
SLEEPS_WITH(blocking_notifier_chain_unregister, if (blocking_notifier_chain_register(&blocking, &block)) return -1,
	    blocking_notifier_chain_unregister(&blocking, &block), )
DIFFERS(blocking_notifier_call_chain_empty_locked, "lucky path: nobody is on the chain, so its lock is not taken")
SLEEPS(blocking_notifier_call_chain_empty, blocking_notifier_call_chain(&blocking, 0, NULL))
SLEEPS_WITH(blocking_notifier_call_chain, if (blocking_notifier_chain_register(&blocking, &block)) return -1,
	    blocking_notifier_call_chain(&blocking, 0, NULL), blocking_notifier_chain_unregister(&blocking, &block))
ATOMIC_WITH(atomic_notifier_chain_register, , if (atomic_notifier_chain_register(&atomic, &block)) {},
	    atomic_notifier_chain_unregister(&atomic, &block))
SLEEPS_WITH(atomic_notifier_chain_unregister, if (atomic_notifier_chain_register(&atomic, &block)) return -1,
	    atomic_notifier_chain_unregister(&atomic, &block), )
ATOMIC(atomic_notifier_call_chain, atomic_notifier_call_chain(&atomic, 0, NULL))
ATOMIC(raw_notifier_call_chain, raw_notifier_call_chain(&raw, 0, NULL))
SLEEPS_WITH(register_reboot_notifier, int error, error = register_reboot_notifier(&block),
	    if (!error) unregister_reboot_notifier(&block))

/* Interrupts and memory of devices. */
#define IRQ 40
static irqreturn_t devices__interrupt(int number, void *data) { return IRQ_NONE; }
SLEEPS_WITH(request_irq, int error; static int cookie,
	    error = request_irq(IRQ, devices__interrupt, IRQF_SHARED, "airlock", &cookie), if (!error) free_irq(IRQ, &cookie))
SLEEPS_WITH(free_irq, static int cookie; if (request_irq(IRQ, devices__interrupt, IRQF_SHARED, "airlock", &cookie)) return -1,
	    free_irq(IRQ, &cookie), )
SLEEPS_WITH(disable_irq, static int cookie; if (request_irq(IRQ, devices__interrupt, IRQF_SHARED, "airlock", &cookie)) return -1,
	    disable_irq(IRQ); enable_irq(IRQ), free_irq(IRQ, &cookie))
ATOMIC_WITH(disable_irq_nosync, static int cookie; if (request_irq(IRQ, devices__interrupt, IRQF_SHARED, "airlock", &cookie)) return -1,
	    disable_irq_nosync(IRQ); enable_irq(IRQ), free_irq(IRQ, &cookie))
SLEEPS(synchronize_irq, synchronize_irq(IRQ))
SLEEPS_WITH(request_mem_region, struct resource *region, region = request_mem_region(0x7000000000, 16, "airlock"),
	    if (region) release_mem_region(0x7000000000, 16))

/* Power. */
SLEEPS_WITH(pm_runtime_get_sync, DEVICE; pm_runtime_enable(device), pm_runtime_get_sync(device); pm_runtime_put_noidle(device),
	    pm_runtime_disable(device); NO_DEVICE)
ATOMIC_WITH(pm_runtime_get, DEVICE; pm_runtime_enable(device), pm_runtime_get(device); pm_runtime_put_noidle(device),
	    pm_runtime_disable(device); NO_DEVICE)
ATOMIC_WITH(pm_runtime_get_noresume, DEVICE, pm_runtime_get_noresume(device); pm_runtime_put_noidle(device), NO_DEVICE)
DIFFERS(pm_runtime_enable_disable_locked, "lucky path: no request is pending that it would wait for")
SLEEPS_WITH(pm_runtime_enable_disable, DEVICE, pm_runtime_enable(device); pm_runtime_disable(device), NO_DEVICE)

/* Clocks. */
#define CLOCK                                                                                                          \
	struct clk_hw *fixed = clk_hw_register_fixed_rate(NULL, "airlock", NULL, 0, 1000);                                 \
	struct clk *clk __maybe_unused = IS_ERR(fixed) ? NULL : fixed->clk;                                                \
	if (!clk)                                                                                                          \
	return -ENODEV
#define NO_CLOCK clk_hw_unregister_fixed_rate(fixed)
DIFFERS(clk_prepare_locked, "lucky path: mutex_trylock() gets the lock, and only what it fails for goes on to wait")
SLEEPS_WITH(clk_prepare, CLOCK, if (!clk_prepare(clk)) clk_unprepare(clk), NO_CLOCK)
DIFFERS(clk_prepare_enable_locked,
	"lucky path: mutex_trylock() gets the lock, and only what it fails for goes on to wait")
SLEEPS_WITH(clk_prepare_enable, CLOCK, if (!clk_prepare_enable(clk)) clk_disable_unprepare(clk), NO_CLOCK)
DIFFERS(clk_set_rate_locked, "lucky path: mutex_trylock() gets the lock, and only what it fails for goes on to wait")
SLEEPS_WITH(clk_set_rate, CLOCK, if (clk_set_rate(clk, 1000)) {}, NO_CLOCK)
DIFFERS(clk_get_rate_locked, "lucky path: mutex_trylock() gets the lock, and only what it fails for goes on to wait")
SLEEPS_WITH(clk_get_rate, CLOCK, if (clk_get_rate(clk)) {}, NO_CLOCK)
ATOMIC_WITH(clk_enable, CLOCK; if (clk_prepare(clk)) return -1, if (!clk_enable(clk)) clk_disable(clk),
	    clk_unprepare(clk); NO_CLOCK)
SLEEPS_WITH(clk_hw_register_fixed_rate, struct clk_hw *fixed,
	    fixed = clk_hw_register_fixed_rate(NULL, "airlock", NULL, 0, 1000), NO_CLOCK)

/* Supplies. */
SLEEPS_WITH(regulator_get, DEVICE; struct regulator *regulator, regulator = regulator_get(device, "vcc"),
	    if (!IS_ERR(regulator)) regulator_put(regulator); NO_DEVICE)
#define SUPPLY                                                                                                         \
	DEVICE;                                                                                                            \
	regulator_has_full_constraints();                                                                                  \
	struct regulator *regulator = regulator_get(device, "vcc");                                                        \
	if (IS_ERR(regulator))                                                                                             \
	return PTR_ERR(regulator)
#define NO_SUPPLY regulator_put(regulator); NO_DEVICE
SLEEPS_WITH(regulator_enable, SUPPLY, if (!regulator_enable(regulator)) regulator_disable(regulator), NO_SUPPLY)
SLEEPS_WITH(regulator_get_voltage, SUPPLY, if (regulator_get_voltage(regulator)) {}, NO_SUPPLY)
SLEEPS_WITH(regulator_set_voltage, SUPPLY, if (regulator_set_voltage(regulator, 1, 2)) {}, NO_SUPPLY)
DIFFERS(regulator_is_enabled_locked,
	"lucky path: ww_mutex_trylock() gets the lock, and only what it fails for goes on to wait")
SLEEPS_WITH(regulator_is_enabled, SUPPLY, if (regulator_is_enabled(regulator)) {}, NO_SUPPLY)

/* Buses. */
static int devices__transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int number) { return number; }
static u32 devices__functionality(struct i2c_adapter *adapter) { return I2C_FUNC_I2C; }
static const struct i2c_algorithm algorithm = { .xfer = devices__transfer, .functionality = devices__functionality };
static struct i2c_adapter adapter = { .owner = THIS_MODULE, .name = "airlock", .algo = &algorithm };
static struct i2c_msg message = { .addr = 0x50 };
#define ADAPTER if (i2c_add_adapter(&adapter)) return -ENODEV
#define NO_ADAPTER i2c_del_adapter(&adapter)
SLEEPS_WITH(i2c_add_adapter, int error, error = i2c_add_adapter(&adapter), if (!error) NO_ADAPTER)
SLEEPS_WITH(i2c_transfer, ADAPTER, if (i2c_transfer(&adapter, &message, 1)) {}, NO_ADAPTER)
SLEEPS_WITH(i2c_del_adapter, ADAPTER, i2c_del_adapter(&adapter), )
static const struct regmap_config slow = { .reg_bits = 8, .val_bits = 8 };
static const struct regmap_config fast = { .reg_bits = 8, .val_bits = 8, .fast_io = true };
static int devices__reg_read(void *context, unsigned int number, unsigned int *value) { *value = 0; return 0; }
static int devices__reg_write(void *context, unsigned int number, unsigned int value) { return 0; }
static const struct regmap_bus bus = { .reg_read = devices__reg_read, .reg_write = devices__reg_write };
#define REGMAP(config)                                                                                                 \
	DEVICE;                                                                                                            \
	unsigned int value;                                                                                                \
	struct regmap *map = regmap_init(device, &bus, NULL, &config);                                                     \
	if (IS_ERR(map))                                                                                                   \
	return PTR_ERR(map)
SLEEPS_WITH(regmap_init, DEVICE; struct regmap *map, map = regmap_init(device, &bus, NULL, &slow), regmap_exit(map); NO_DEVICE)
DIFFERS(regmap_read_locked,
	"not seen: whether a register map has a mutex (as here), a spinlock or no lock is in its configuration")
SLEEPS_WITH(regmap_read, REGMAP(slow), if (regmap_read(map, 1, &value)) {}, regmap_exit(map); NO_DEVICE)
SLEEPS_WITH(regmap_read_fast, REGMAP(fast), if (regmap_read(map, 1, &value)) {}, regmap_exit(map); NO_DEVICE)
DIFFERS(regmap_write_locked,
	"not seen: whether a register map has a mutex (as here), a spinlock or no lock is in its configuration")
SLEEPS_WITH(regmap_write, REGMAP(slow), value = 0; if (regmap_write(map, 1, value)) {}, regmap_exit(map); NO_DEVICE)

/* Pins, lights, keys, sensors, clocks on the wall. */
SLEEPS_WITH(gpiod_get_optional, DEVICE; struct gpio_desc *pin, pin = gpiod_get_optional(device, "reset", GPIOD_ASIS),
	    if (!IS_ERR(pin)) gpiod_put(pin); NO_DEVICE)
SLEEPS_WITH(input_allocate_device, struct input_dev *input, input = input_allocate_device(), input_free_device(input))
#define INPUT                                                                                                          \
	struct input_dev *input = input_allocate_device();                                                                 \
	if (!input)                                                                                                        \
	return -ENOMEM
SLEEPS_WITH(input_register_device, INPUT; int error, error = input_register_device(input),
	    if (!error) input_unregister_device(input))
SLEEPS_WITH(input_unregister_device, INPUT; if (input_register_device(input)) return -1, input_unregister_device(input), )
ATOMIC_WITH(input_report_key, INPUT; input_set_capability(input, EV_KEY, KEY_A); if (input_register_device(input)) return -1,
	    input_report_key(input, KEY_A, 1); input_sync(input), input_unregister_device(input))
static int devices__set_blocking(struct led_classdev *led, enum led_brightness brightness) { return 0; }
static void devices__set(struct led_classdev *led, enum led_brightness brightness) {}
#define LED                                                                                                            \
	struct led_classdev led = { .name = "airlock", .brightness_set = devices__set,                                     \
				    .brightness_set_blocking = devices__set_blocking };                                                \
	if (led_classdev_register(NULL, &led))                                                                             \
	return -ENODEV
SLEEPS_WITH(led_classdev_register, struct led_classdev led = {}; led.name = "airlock"; led.brightness_set = devices__set;
	    int error, error = led_classdev_register(NULL, &led), if (!error) led_classdev_unregister(&led))
SLEEPS_WITH(led_classdev_unregister, LED, led_classdev_unregister(&led), )
ATOMIC_WITH(led_set_brightness, LED, led_set_brightness(&led, LED_FULL), led_classdev_unregister(&led))
DIFFERS(led_set_brightness_sync_locked,
	"by contract: the function of the driver, which this one does not use, may sleep")
SLEEPS_WITH(led_set_brightness_sync, LED, if (led_set_brightness_sync(&led, LED_FULL)) {}, led_classdev_unregister(&led))
SLEEPS_WITH(hwmon_device_register, DEVICE; struct device *monitor,
	    monitor = hwmon_device_register_with_groups(device, "airlock", NULL, NULL),
	    if (!IS_ERR(monitor)) hwmon_device_unregister(monitor); NO_DEVICE)
SLEEPS_WITH(iio_device_alloc, DEVICE; struct iio_dev *sensor, sensor = iio_device_alloc(device, 0),
	    iio_device_free(sensor); NO_DEVICE)
SLEEPS_WITH(tty_alloc_driver, struct tty_driver *driver, driver = tty_alloc_driver(1, 0), tty_driver_kref_put(driver))

/* Code that is patched. */
static DEFINE_STATIC_KEY_FALSE(key);
DIFFERS(static_branch_enable_locked,
	"compiled out: no jump labels on this machine, so a static key is a counter and no code is patched")
SLEEPS(static_branch_enable, static_branch_enable(&key); static_branch_disable(&key))
DIFFERS(static_branch_inc_locked,
	"compiled out: no jump labels on this machine, so a static key is a counter and no code is patched")
SLEEPS(static_branch_inc, static_branch_inc(&key); static_branch_dec(&key))
ATOMIC(static_branch_unlikely, if (static_branch_unlikely(&key)) {})

SLEEPS(console_lock, console_lock(); console_unlock())
ATOMIC(console_trylock, if (console_trylock()) console_unlock())
static const struct bus_type own_bus = { .name = "airlock-bus" };
SLEEPS_WITH(bus_register, int error, error = bus_register(&own_bus), if (!error) bus_unregister(&own_bus))
SLEEPS_WITH(bus_unregister, if (bus_register(&own_bus)) return -1, bus_unregister(&own_bus), )
SLEEPS_WITH(kobject_uevent, DEVICE, if (kobject_uevent(&device->kobj, KOBJ_CHANGE)) {}, NO_DEVICE)
