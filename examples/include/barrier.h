/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* barrier.h - order between memory accesses, and between a check and what it guards. */
#ifndef EXAMPLES_BARRIER_H
#define EXAMPLES_BARRIER_H

#include "types.h"

#define barrier()	__asm__ __volatile__("" : : : "memory")
#define smp_mb()	__atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_rmb()	__atomic_thread_fence(__ATOMIC_ACQUIRE)
#define smp_wmb()	__atomic_thread_fence(__ATOMIC_RELEASE)

/* Nothing after it runs, speculatively either, before what is in front of it is decided. */
#if defined(__x86_64__)
#define barrier_nospec()	__asm__ __volatile__("lfence" : : : "memory")
#define cpu_relax()		__asm__ __volatile__("pause" : : : "memory")
#else
#define barrier_nospec()	smp_mb()
#define cpu_relax()		barrier()
#endif

/* index below size, or 0, without a branch that speculation could take the wrong way. */
static inline unsigned long array_index_nospec(unsigned long index, unsigned long size)
{
	unsigned long below = 0UL - (unsigned long)(index < size);

	__asm__("" : "+r"(below));
	return index & below;
}

#endif
