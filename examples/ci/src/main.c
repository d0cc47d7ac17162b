/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * The logger: samples a sensor, and saves what it has when there is enough.
 */
#include "board.h"
#include "record.h"

#include <stdio.h>

int main(void)
{
	struct device *sensor = sensor_device();
	struct device *flash = flash_device();
	int saved = 0;

	for (int i = 1; i <= 10; i++) {
		struct sample sample;

		irq_lock();
		sensor->ops->interrupt(sensor);
		irq_unlock();
		if (sensor->ops->read(sensor, &sample.value, sizeof(sample.value)) < 0)
			return 1;
		sample.at = board_ticks();
		record_add(sample);
		if (i % 4 == 0)
			saved += record_save(flash);
		task_delay(10);
	}
	saved += record_save_last(flash);
	printf("%d samples saved\n", saved);
	return saved == 10 ? 0 : 1;
}
