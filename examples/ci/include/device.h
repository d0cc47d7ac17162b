/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * What every driver has to offer.
 */
#ifndef DEVICE_H
#define DEVICE_H

#include <stddef.h>
#include <stdint.h>

struct device;

struct device_ops {
	/* Both may wait; they return the number of bytes, or a negative error. */
	int (*read)(struct device *dev, void *to, size_t size);
	int (*write)(struct device *dev, const void *from, size_t size);
	/* Runs with interrupts off: airlock/board.json says so. */
	void (*interrupt)(struct device *dev);
};

struct device {
	const struct device_ops *ops;
	void *state;
};

struct device *flash_device(void);
struct device *sensor_device(void);

#endif /* DEVICE_H */
