/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * Samples, kept in memory until there are enough of them to write.
 */
#ifndef RECORD_H
#define RECORD_H

#include "device.h"

struct sample {
	uint32_t at;
	int32_t value;
};

/* Full is no error: the oldest sample goes. */
void record_add(struct sample sample);
/* Writes what there is; returns how many samples, or a negative error. */
int record_save(struct device *to);
/* The same when the supply fails, and no interrupt may come in between. */
int record_save_last(struct device *to);

#endif /* RECORD_H */
