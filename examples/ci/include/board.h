/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * The board: interrupts and time. One task runs at a time; interrupts come in
 * between unless they are off.
 */
#ifndef BOARD_H
#define BOARD_H

#include <airlock.h>
#include <stdint.h>

/* Interrupts are off in between; the two do not nest. */
void irq_lock(void);
void irq_unlock(void);

/* Lets other tasks run for so long. */
void task_delay(unsigned int ms) __may_sleep;

uint32_t board_ticks(void) __no_sleep;

#endif /* BOARD_H */
