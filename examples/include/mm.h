/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * mm.h - the lock of an address space, faults that are fixed by hand, and
 * pages that are kept where they are.
 *
 * With page faults disabled an access to user memory fails where it would have
 * waited for the page.
 */
#ifndef EXAMPLES_MM_H
#define EXAMPLES_MM_H

#include "page.h"
#include "task.h"

#define FAULT_FLAG_WRITE	0x1u

/* Taking it may sleep; in the killable form only until the task is killed: -EINTR. */
void mmap_read_lock(struct mm_struct *mm);
int mmap_read_lock_killable(struct mm_struct *mm);
void mmap_read_unlock(struct mm_struct *mm);

/* What a page fault would do; the lock is held. */
int fixup_user_fault(struct mm_struct *mm, unsigned long address, unsigned int fault_flags,
		     bool *unlocked);

void pagefault_disable(void);
void pagefault_enable(void);

/* The page stays in memory, at its place, until it is given back. May sleep. */
long pin_user_pages_unlocked(unsigned long start, unsigned long nr_pages, struct page **pages,
			     unsigned int gup_flags);
void unpin_user_page(struct page *page);

/* Where the kernel has it. */
void *page_address(const struct page *page);

#endif
