// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* page.c - a struct for each page that somebody has a reference on. */
#include "page.h"

#include "slab.h"
#include "task.h"
#include "uaccess.h"

static struct list_head pages_in_use = LIST_HEAD_INIT(pages_in_use);

static struct page *get_page_at(unsigned long addr)
{
	struct page *page;

	list_for_each_entry(page, &pages_in_use, link) {
		if (page->addr == addr) {
			atomic_inc_return(&page->refcount);
			return page;
		}
	}
	page = kzalloc(sizeof(*page), GFP_KERNEL);
	if (!page)
		return NULL;
	page->addr = addr;
	atomic_set(&page->refcount, 1);
	list_add_tail(&page->link, &pages_in_use);
	return page;
}

int get_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags __maybe_unused, struct page **pages)
{
	unsigned long addr = start & ~(PAGE_SIZE - 1);
	int i;

	might_sleep();
	for (i = 0; i < nr_pages; i++, addr += PAGE_SIZE) {
		if (addr < PAGE_SIZE || addr >= TASK_SIZE_MAX)
			return i ? i : -EFAULT;
		pages[i] = get_page_at(addr);
		if (!pages[i])
			return i ? i : -ENOMEM;
	}
	return nr_pages;
}

void put_page(struct page *page)
{
	if (atomic_dec_return(&page->refcount))
		return;
	list_del(&page->link);
	kfree(page);
}

bool trylock_page(struct page *page)
{
	return !__atomic_exchange_n(&page->locked, true, __ATOMIC_ACQUIRE);
}

void lock_page(struct page *page)
{
	might_sleep();
	while (!trylock_page(page))
		schedule();
}

void unlock_page(struct page *page)
{
	__atomic_store_n(&page->locked, false, __ATOMIC_RELEASE);
}

bool set_page_dirty(struct page *page)
{
	return !__atomic_exchange_n(&page->dirty, true, __ATOMIC_RELAXED);
}

int set_page_dirty_lock(struct page *page)
{
	bool was_clean;

	lock_page(page);
	was_clean = set_page_dirty(page);
	unlock_page(page);
	return was_clean;
}

/* The kernel's memory is the process's: pages that follow each other there do so here. */
void *vmap(struct page **pages, unsigned int count, unsigned long flags __maybe_unused,
	   pgprot_t prot __maybe_unused)
{
	unsigned int i;

	might_sleep();
	for (i = 1; i < count; i++)
		if (pages[i]->addr != pages[0]->addr + i * PAGE_SIZE)
			return NULL;
	return count ? (void *)pages[0]->addr : NULL;
}

void vunmap(const void *addr __maybe_unused)
{
	might_sleep();
}
