/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * The record. Its samples come from interrupts too, so it is touched with
 * interrupts off; and devices may wait, so they are called with interrupts on.
 */
#include "record.h"
#include "board.h"

#include <string.h>

#define RECORD_SIZE 8

static struct sample samples[RECORD_SIZE];
static size_t used;

void record_add(struct sample sample)
{
	irq_lock();
	if (used == RECORD_SIZE) {
		memmove(samples, samples + 1, sizeof(samples) - sizeof(samples[0]));
		used--;
	}
	samples[used++] = sample;
	irq_unlock();
}

static int record_write(struct device *to, const struct sample *from, size_t count)
{
	int written = to->ops->write(to, from, count * sizeof(*from));

	return written < 0 ? written : (int)count;
}

int record_save(struct device *to)
{
	struct sample copy[RECORD_SIZE];
	size_t count;

	irq_lock();
	count = used;
	memcpy(copy, samples, count * sizeof(copy[0]));
	used = 0;
	irq_unlock();
	return record_write(to, copy, count);
}

int record_save_last(struct device *to)
{
	int count;

	irq_lock();
	count = record_write(to, samples, used);
	used = 0;
	irq_unlock();
	return count;
}
