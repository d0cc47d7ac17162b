// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Allocation, whose flags decide whether it sleeps, pages and their mappings.
#ifndef API_MEMORY_H
#define API_MEMORY_H

#include "api-basic.h"
#include "api-locks.h"

typedef unsigned int gfp_t;
typedef u64 dma_addr_t;

// The kernel numbers the bits with an enum, and the numbers move with its configuration.
enum {
	___GFP_DMA_BIT,
	___GFP_HIGHMEM_BIT,
	___GFP_DMA32_BIT,
	___GFP_MOVABLE_BIT,
	___GFP_RECLAIMABLE_BIT,
	___GFP_HIGH_BIT,
	___GFP_IO_BIT,
	___GFP_FS_BIT,
	___GFP_ZERO_BIT,
	___GFP_UNUSED_BIT,
#ifdef ANOTHER_CONFIGURATION
	// What has the wrong number here is GFP_ATOMIC's __GFP_KSWAPD_RECLAIM.
	___GFP_KSWAPD_RECLAIM_BIT,
	___GFP_DIRECT_RECLAIM_BIT,
#else
	___GFP_DIRECT_RECLAIM_BIT,
	___GFP_KSWAPD_RECLAIM_BIT,
#endif
	___GFP_NOWARN_BIT,
	___GFP_ACCOUNT_BIT,
};
#define __GFP_HIGH ((gfp_t)BIT(___GFP_HIGH_BIT))
#define __GFP_IO ((gfp_t)BIT(___GFP_IO_BIT))
#define __GFP_FS ((gfp_t)BIT(___GFP_FS_BIT))
#define __GFP_ZERO ((gfp_t)BIT(___GFP_ZERO_BIT))
#define __GFP_DIRECT_RECLAIM ((gfp_t)BIT(___GFP_DIRECT_RECLAIM_BIT))
#define __GFP_KSWAPD_RECLAIM ((gfp_t)BIT(___GFP_KSWAPD_RECLAIM_BIT))
#define __GFP_RECLAIM (__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#define __GFP_NOWARN ((gfp_t)BIT(___GFP_NOWARN_BIT))
#define __GFP_ACCOUNT ((gfp_t)BIT(___GFP_ACCOUNT_BIT))
#define GFP_KERNEL (__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_KERNEL_ACCOUNT (GFP_KERNEL | __GFP_ACCOUNT)
#define GFP_USER (GFP_KERNEL)
#define GFP_NOFS (__GFP_RECLAIM | __GFP_IO)
#define GFP_NOIO (__GFP_RECLAIM)
#define GFP_ATOMIC (__GFP_HIGH | __GFP_KSWAPD_RECLAIM)
#define GFP_NOWAIT (__GFP_KSWAPD_RECLAIM | __GFP_NOWARN)

// Code asks this one itself, so it has its body in both modes.
static inline bool gfpflags_allow_blocking(gfp_t flags)
{
	return !!(flags & __GFP_DIRECT_RECLAIM);
}

struct page { unsigned long flags; };
struct kmem_cache { size_t size; };
struct device;
struct dma_pool;
struct xarray { spinlock_t xa_lock; };
struct idr { struct xarray idr_rt; };
struct vm_area_struct { struct mm_struct *vm_mm; };

void *heap_take(size_t n);
HELPER void *kmalloc(size_t n, gfp_t flags);
HELPER void *kzalloc(size_t n, gfp_t flags);
HELPER void *kcalloc(size_t n, size_t size, gfp_t flags);
HELPER void *kmemdup(const void *from, size_t n, gfp_t flags);
HELPER char *kstrdup(const char *from, gfp_t flags);
HELPER void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t flags);
HELPER unsigned long __get_free_pages(gfp_t flags, unsigned int order);
#define __get_free_page(flags) __get_free_pages((flags), 0)
HELPER void *vmalloc(unsigned long n);
HELPER void *kvmalloc(size_t n, gfp_t flags);
void kfree(const void *p);
HELPER void *dma_pool_alloc(struct dma_pool *pool, gfp_t flags, dma_addr_t *handle);
HELPER void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t flags);
void *xa_load(struct xarray *xa, unsigned long index);
HELPER int idr_alloc(struct idr *idr, void *p, int start, int end, gfp_t flags);

HELPER void lock_page(struct page *page);
HELPER bool trylock_page(struct page *page);
void unlock_page(struct page *page);
bool set_page_dirty(struct page *page);
void put_page(struct page *page);
void *page_address(const struct page *page);

// One mapping forbids sleeping, the other does not.
void pagefault_disabled_inc(void);
void pagefault_disabled_dec(void);
HELPER void pagefault_disable(void);
HELPER void pagefault_enable(void);
HELPER void *kmap_atomic(struct page *page);
HELPER void __kunmap_atomic(const void *at);
#define kunmap_atomic(at) do { __kunmap_atomic(at); } while (0)
void *kmap_local_page(struct page *page);
void __kunmap_local(const void *at);
#define kunmap_local(at) do { __kunmap_local(at); } while (0)

#ifndef NO_BODIES
static inline void *kmalloc(size_t n, gfp_t flags)
{
	might_sleep_if(gfpflags_allow_blocking(flags));
	return heap_take(n);
}

static inline void *kzalloc(size_t n, gfp_t flags) { return kmalloc(n, flags | __GFP_ZERO); }
static inline void *kcalloc(size_t n, size_t size, gfp_t flags) { return kmalloc(n * size, flags | __GFP_ZERO); }

static inline void *kmemdup(const void *from, size_t n, gfp_t flags)
{
	void *p = kmalloc(n, flags);

	return p ? memcpy(p, from, n) : NULL;
}

static inline char *kstrdup(const char *from, gfp_t flags) { return kmemdup(from, __builtin_strlen(from) + 1, flags); }

static inline void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t flags) { return kmalloc(cache->size, flags); }

static inline unsigned long __get_free_pages(gfp_t flags, unsigned int order)
{
	might_sleep_if(flags & __GFP_DIRECT_RECLAIM);
	return (unsigned long)heap_take(4096UL << order);
}

static inline void *vmalloc(unsigned long n)
{
	might_sleep();
	return heap_take(n);
}

static inline void *kvmalloc(size_t n, gfp_t flags) { return kmalloc(n, flags); }

static inline void *dma_pool_alloc(struct dma_pool *pool, gfp_t flags, dma_addr_t *handle)
{
	might_sleep_if(gfpflags_allow_blocking(flags));
	*handle = 0;
	return heap_take(64);
}

static inline void *xa_store(struct xarray *xa, unsigned long index, void *entry, gfp_t flags)
{
	void *node = kmalloc(64, flags);

	spin_lock(&xa->xa_lock);
	memcpy(node, &index, sizeof(index));
	spin_unlock(&xa->xa_lock);
	return NULL;
}

static inline int idr_alloc(struct idr *idr, void *p, int start, int end, gfp_t flags)
{
	return xa_store(&idr->idr_rt, start, p, flags) ? -ENOMEM : start;
}

static inline bool trylock_page(struct page *page) { return !(page->flags & 1); }

static inline void lock_page(struct page *page)
{
	might_sleep();
	while (!trylock_page(page))
		schedule();
}

static inline void pagefault_disable(void) { pagefault_disabled_inc(); }
static inline void pagefault_enable(void) { pagefault_disabled_dec(); }

static inline void *kmap_atomic(struct page *page)
{
	preempt_disable();
	pagefault_disable();
	return page_address(page);
}

static inline void __kunmap_atomic(const void *at)
{
	pagefault_enable();
	preempt_enable();
}
#endif

#endif
