// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A guest whose ring the device serves through a kernel mapping, and whose pages memory management takes away.
#include "mmu_notifier.h"
#include "vmeta.h"

#include <stdio.h>

#define NUM 8

static struct {
	_Alignas(4096) char avail[PAGE_SIZE], used[PAGE_SIZE];
} memory;

static vring_avail_t *avail = (vring_avail_t *)memory.avail;
static vring_used_t *used = (vring_used_t *)memory.used;

static void add(unsigned int n)
{
	while (n--) {
		avail->ring[avail->idx % NUM] = (u16)(100 + avail->idx);
		avail->idx++;
	}
}

static void serve(struct vmeta_dev *dev)
{
	int served = vmeta_serve(dev);

	printf("served %d, used %u, last %u\n", served, used->idx,
	       used->ring[(u16)(used->idx - 1) % NUM].id);
}

int main(void)
{
	struct mmu_notifier_range range = {
		.mm = current->mm,
		.start = (unsigned long)&memory,
		.end = (unsigned long)(&memory + 1),
	};
	struct vmeta_dev *dev = vmeta_create(NUM, avail, used);
	struct page *page;
	int blockable;

	get_user_pages_fast((unsigned long)memory.used, 1, FOLL_WRITE, &page);
	add(3);
	serve(dev);

	for (blockable = 1; blockable >= 0; blockable--) {
		range.flags = blockable ? MMU_NOTIFIER_RANGE_BLOCKABLE : 0;
		printf("blockable %d\n", blockable);
		printf("start %d\n", mmu_notifier_invalidate_range_start(&range));
		mmu_notifier_invalidate_range(range.mm, range.start, range.end);
		mmu_notifier_invalidate_range_end(&range);
		flush_scheduled_work();
		/* Our own reference is the only one left. */
		printf("references %d, dirty %d\n", atomic_read(&page->refcount), PageDirty(page));
		page->dirty = false;
		add(5);
		serve(dev);
	}
	vmeta_destroy(dev);
	printf("references %d, dirty %d\n", atomic_read(&page->refcount), PageDirty(page));
	return 0;
}
