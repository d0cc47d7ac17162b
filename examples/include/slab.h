/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* slab.h - allocation: the flags say whether it may sleep for memory. */
#ifndef EXAMPLES_SLAB_H
#define EXAMPLES_SLAB_H

#include "types.h"

/* Enumerators: Airlock takes their values, which are not the kernel's, from here. */
enum {
	__GFP_ZERO = 0x1,
	__GFP_DIRECT_RECLAIM = 0x2,
};

#define GFP_ATOMIC		0u
#define GFP_KERNEL		__GFP_DIRECT_RECLAIM

static inline bool gfpflags_allow_blocking(gfp_t flags)
{
	return flags & __GFP_DIRECT_RECLAIM;
}

void *kmalloc(size_t size, gfp_t flags);
void *kmalloc_array(size_t n, size_t size, gfp_t flags);
void kfree(const void *ptr);

static inline void *kzalloc(size_t size, gfp_t flags)
{
	return kmalloc(size, flags | __GFP_ZERO);
}

#endif
