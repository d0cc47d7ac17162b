// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One ring, read in all ways.
#include "../../../examples/nospec/include/ring.h"

#include <stdio.h>

int main(void)
{
	static struct avail_ring ring = { .flags = 1, .idx = 7, .ring = { 10, 11, 12 } };
	static void *memory[4]; // of a queue, whose form is its own business
	struct queue *q = (struct queue *)memory;
	u16 idx = 0, flags = 0, heads[3] = { 0 };
	int ret;

	queue_set_ring(q, &ring);
	ret = queue_read_idx(q, &idx);
	printf("%d: idx %u\n", ret, idx);
	ret = queue_read_flags(q, &flags);
	printf("%d: flags %u\n", ret, flags);
	ret = queue_read_heads(q, heads, 3);
	printf("%d: heads %u %u %u\n", ret, heads[0], heads[1], heads[2]);
	printf("%d\n", queue_read_heads(q, heads, 17));
	return 0;
}
