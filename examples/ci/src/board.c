/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * The board, as far as a host can be one.
 */
#include "board.h"

#include <assert.h>
#include <stdbool.h>

static bool irqs_off;
static uint32_t ticks;

void irq_lock(void)
{
	assert(!irqs_off);
	irqs_off = true;
}

void irq_unlock(void)
{
	assert(irqs_off);
	irqs_off = false;
}

void task_delay(unsigned int ms)
{
	ticks += ms;
}

uint32_t board_ticks(void)
{
	return ticks;
}
