/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * page.h - pages of user memory, and a second mapping of them for the kernel.
 *
 * The page lock is a sleeping one.  set_page_dirty() wants it, except where
 * the page cannot go away: as long as a user mapping that may write is there,
 * which holds in every callback of an MMU notifier.
 */
#ifndef EXAMPLES_PAGE_H
#define EXAMPLES_PAGE_H

#include "atomic.h"
#include "list.h"

#define FOLL_WRITE	0x1u	/* the caller is going to write */
#define VM_MAP		0x4ul

struct page {
	struct list_head link;
	unsigned long addr;	/* where user memory has it */
	atomic_t refcount;
	bool locked, dirty;
};

typedef struct {
	unsigned long bits;
} pgprot_t;

#define PAGE_KERNEL	((pgprot_t){ 0 })

static inline int PageDirty(const struct page *page)
{
	return page->dirty;
}

/* Faults the pages in and takes a reference on each: how many, or an error. */
int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			struct page **pages);
void put_page(struct page *page);

void lock_page(struct page *page);
bool trylock_page(struct page *page);
void unlock_page(struct page *page);
bool set_page_dirty(struct page *page);		/* true: it was clean */
int set_page_dirty_lock(struct page *page);	/* the same, under the page lock */

/* One after the other in the kernel's memory, or NULL. Both may sleep. */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot);
void vunmap(const void *addr);

#endif
