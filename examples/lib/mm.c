// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* mm.c - faults: there are none, but for the first page, which is never there. */
#include "mm.h"

#include "uaccess.h"

void mmap_read_lock(struct mm_struct *mm)
{
	might_sleep();
	mm->readers++;
}

int mmap_read_lock_killable(struct mm_struct *mm)
{
	if (fatal_signal_pending(current))
		return -EINTR;
	mmap_read_lock(mm);
	return 0;
}

void mmap_read_unlock(struct mm_struct *mm)
{
	mm->readers--;
}

int fixup_user_fault(struct mm_struct *mm, unsigned long address,
		     unsigned int fault_flags __maybe_unused, bool *unlocked __maybe_unused)
{
	might_sleep();
	BUG_ON(!mm->readers);
	return address < PAGE_SIZE || address >= TASK_SIZE_MAX ? -EFAULT : 0;
}

void pagefault_disable(void)
{
	current->pagefault_disabled++;
	barrier();
}

void pagefault_enable(void)
{
	barrier();
	current->pagefault_disabled--;
}

long pin_user_pages_unlocked(unsigned long start, unsigned long nr_pages, struct page **pages,
			     unsigned int gup_flags)
{
	return get_user_pages_fast(start, (int)nr_pages, gup_flags, pages);
}

void unpin_user_page(struct page *page)
{
	put_page(page);
}

void *page_address(const struct page *page)
{
	return (void *)page->addr;
}
