/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * Flash memory: takes a while to write, so it can only be driven by a task.
 */
#include "board.h"
#include "device.h"

#include <string.h>

#define FLASH_SIZE 4096
#define FLASH_PAGE 64

struct flash {
	unsigned char bytes[FLASH_SIZE];
	size_t used;
	uint32_t busy_until;
};

static void flash_wait(struct flash *flash)
{
	while (board_ticks() < flash->busy_until)
		task_delay(1);
}

static int flash_write(struct device *dev, const void *from, size_t size)
{
	struct flash *flash = dev->state;

	if (size > FLASH_SIZE - flash->used)
		return -1;
	flash_wait(flash);
	memcpy(flash->bytes + flash->used, from, size);
	flash->used += size;
	flash->busy_until = board_ticks() + 1 + size / FLASH_PAGE;
	return (int)size;
}

static int flash_read(struct device *dev, void *to, size_t size)
{
	struct flash *flash = dev->state;

	flash_wait(flash);
	if (size > flash->used)
		size = flash->used;
	memcpy(to, flash->bytes, size);
	return (int)size;
}

static const struct device_ops flash_ops = {
	.read = flash_read,
	.write = flash_write,
};

struct device *flash_device(void)
{
	static struct flash flash;
	static struct device dev = { .ops = &flash_ops, .state = &flash };

	return &dev;
}
