/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * A sensor: an interrupt says that a value is there, a task takes it.
 */
#include "board.h"
#include "device.h"

#include <string.h>

struct sensor {
	int32_t value;
	int ready;
};

static void sensor_interrupt(struct device *dev)
{
	struct sensor *sensor = dev->state;

	sensor->value += 3;
	sensor->ready = 1;
}

static int sensor_read(struct device *dev, void *to, size_t size)
{
	struct sensor *sensor = dev->state;
	int32_t value;

	if (size < sizeof(value))
		return -1;
	for (;;) {
		irq_lock();
		if (sensor->ready)
			break;
		irq_unlock();
		task_delay(1);
	}
	value = sensor->value;
	sensor->ready = 0;
	irq_unlock();
	memcpy(to, &value, sizeof(value));
	return sizeof(value);
}

static const struct device_ops sensor_ops = {
	.read = sensor_read,
	.interrupt = sensor_interrupt,
};

struct device *sensor_device(void)
{
	static struct sensor sensor;
	static struct device dev = { .ops = &sensor_ops, .state = &sensor };

	return &dev;
}
