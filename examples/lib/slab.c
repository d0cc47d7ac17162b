// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* slab.c - allocation from the host. */
#include "slab.h"

#include "task.h"

#include <stdlib.h>

void *kmalloc(size_t size, gfp_t flags)
{
	might_sleep_if(gfpflags_allow_blocking(flags));
	return flags & __GFP_ZERO ? calloc(1, size) : malloc(size);
}

void *kmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	return kmalloc(bytes, flags);
}

void kfree(const void *ptr)
{
	free((void *)ptr);
}
