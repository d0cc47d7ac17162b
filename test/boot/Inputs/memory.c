// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Memory, with flags that allow to wait and with flags that do not; caches, pools, maps, trees. */
#include <linux/bitmap.h>
#include <linux/bio.h>
#include <linux/cpumask.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/gfp.h>
#include <linux/idr.h>
#include <linux/maple_tree.h>
#include <linux/mempool.h>
#include <linux/percpu.h>
#include <linux/percpu_counter.h>
#include <linux/percpu-refcount.h>
#include <linux/platform_device.h>
#include <linux/radix-tree.h>
#include <linux/rhashtable.h>
#include <linux/scatterlist.h>
#include <linux/shrinker.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/xarray.h>

#include "cases.h"

static DEFINE_IDR(idr);
static DEFINE_IDA(ida);
static DEFINE_XARRAY_ALLOC(xarray);
static DEFINE_MTREE(maple);

/* The flags. */
SLEEPS(kmalloc_kernel, kfree(kmalloc(16, GFP_KERNEL)))
SLEEPS(kmalloc_noio, kfree(kmalloc(16, GFP_NOIO)))
SLEEPS(kmalloc_nofs, kfree(kmalloc(16, GFP_NOFS)))
SLEEPS(kmalloc_user, kfree(kmalloc(16, GFP_USER)))
SLEEPS(kmalloc_account, kfree(kmalloc(16, GFP_KERNEL_ACCOUNT)))
SLEEPS(kmalloc_nofail, kfree(kmalloc(16, GFP_KERNEL | __GFP_NOFAIL)))
SLEEPS(kmalloc_noretry, kfree(kmalloc(16, GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN)))
ATOMIC(kmalloc_atomic, kfree(kmalloc(16, GFP_ATOMIC)))
ATOMIC(kmalloc_nowait, kfree(kmalloc(16, GFP_NOWAIT)))
ATOMIC(kmalloc_no_reclaim, kfree(kmalloc(16, GFP_KERNEL & ~__GFP_DIRECT_RECLAIM)))
ATOMIC(kmalloc_transhuge_light, kfree(kmalloc(16, __GFP_HIGH | __GFP_NOWARN)))

/* Who takes them. */
SLEEPS(kzalloc, kfree(kzalloc(16, GFP_KERNEL)))
SLEEPS(kcalloc, kfree(kcalloc(2, 16, GFP_KERNEL)))
SLEEPS(kmalloc_array, kfree(kmalloc_array(2, 16, GFP_KERNEL)))
SLEEPS(kmalloc_node, kfree(kmalloc_node(16, GFP_KERNEL, NUMA_NO_NODE)))
SLEEPS(kmalloc_large, kfree(kmalloc(64 << 10, GFP_KERNEL)))
SLEEPS_WITH(krealloc, void *old = kmalloc(16, GFP_ATOMIC), old = krealloc(old, 256, GFP_KERNEL), kfree(old))
ATOMIC_WITH(krealloc_atomic, void *old = kmalloc(16, GFP_ATOMIC), old = krealloc(old, 256, GFP_ATOMIC), kfree(old))
SLEEPS(kmemdup, kfree(kmemdup("abc", 4, GFP_KERNEL)))
SLEEPS(kstrdup, kfree(kstrdup("abc", GFP_KERNEL)))
SLEEPS(kasprintf, kfree(kasprintf(GFP_KERNEL, "%d", 5)))
ATOMIC(kasprintf_atomic, kfree(kasprintf(GFP_ATOMIC, "%d", 5)))
SLEEPS_WITH(kvmalloc, void *new, new = kvmalloc(16, GFP_KERNEL), kvfree(new))
SLEEPS_WITH(kvmalloc_large, void *new, new = kvmalloc(8 << 20, GFP_KERNEL), kvfree(new))
SLEEPS_WITH(kvcalloc, void *new, new = kvcalloc(2, 16, GFP_KERNEL), kvfree(new))
SLEEPS_WITH(vmalloc, void *new, new = vmalloc(64), vfree(new))
SLEEPS_WITH(vzalloc, void *new, new = vzalloc(64), vfree(new))
SLEEPS_WITH(vfree, void *old = vmalloc(64), vfree(old), )
DIFFERS(kvfree_small_locked, "lucky path: the memory came from kmalloc()")
SLEEPS_WITH(kvfree_small, void *old = kvmalloc(16, GFP_KERNEL), kvfree(old), )
SLEEPS_WITH(kvfree_large, void *old = vmalloc(64), kvfree(old), )
ATOMIC_WITH(kfree, void *old = kmalloc(16, GFP_KERNEL), kfree(old), )
SLEEPS_WITH(vmap, struct page *page = alloc_page(GFP_KERNEL); void *mapped, mapped = vmap(&page, 1, VM_MAP, PAGE_KERNEL),
	    vunmap(mapped); __free_page(page))
SLEEPS_WITH(vunmap, struct page *page = alloc_page(GFP_KERNEL); void *mapped = vmap(&page, 1, VM_MAP, PAGE_KERNEL),
	    vunmap(mapped), __free_page(page))
SLEEPS_WITH(alloc_page, struct page *page, page = alloc_page(GFP_KERNEL), __free_page(page))
SLEEPS_WITH(alloc_pages, struct page *pages, pages = alloc_pages(GFP_KERNEL, 1), __free_pages(pages, 1))
SLEEPS(get_free_page, free_page(__get_free_page(GFP_KERNEL)))
SLEEPS(get_zeroed_page, free_page(get_zeroed_page(GFP_KERNEL)))
SLEEPS(alloc_pages_exact, free_pages_exact(alloc_pages_exact(PAGE_SIZE, GFP_KERNEL), PAGE_SIZE))
ATOMIC(get_free_page_atomic, free_page(__get_free_page(GFP_ATOMIC)))
SLEEPS_WITH(folio_alloc, struct folio *folio, folio = folio_alloc(GFP_KERNEL, 0), folio_put(folio))
SLEEPS_WITH(alloc_percpu, int __percpu *new, new = alloc_percpu(int), free_percpu(new))
SLEEPS_WITH(alloc_percpu_gfp, int __percpu *new, new = alloc_percpu_gfp(int, GFP_KERNEL), free_percpu(new))
ATOMIC_WITH(alloc_percpu_gfp_atomic, int __percpu *new, new = alloc_percpu_gfp(int, GFP_ATOMIC), free_percpu(new))
ATOMIC_WITH(free_percpu, int __percpu *old = alloc_percpu(int), free_percpu(old), )
DIFFERS(percpu_counter_init_locked, "compiled out: on one processor it is a number")
SLEEPS_WITH(percpu_counter_init, struct percpu_counter counter, if (percpu_counter_init(&counter, 0, GFP_KERNEL)) {},
	    percpu_counter_destroy(&counter))
ATOMIC_WITH(percpu_counter_add, struct percpu_counter counter; if (percpu_counter_init(&counter, 0, GFP_KERNEL)) return -1,
	    percpu_counter_add(&counter, 1), percpu_counter_destroy(&counter))
SLEEPS(bitmap_zalloc, bitmap_free(bitmap_zalloc(8, GFP_KERNEL)))
DIFFERS(alloc_cpumask_var_locked, "compiled out: a mask is no pointer on one processor")
SLEEPS_WITH(alloc_cpumask_var, cpumask_var_t mask, if (alloc_cpumask_var(&mask, GFP_KERNEL)) free_cpumask_var(mask), )

/* Caches and pools. */
SLEEPS_WITH(kmem_cache_create, struct kmem_cache *cache, cache = kmem_cache_create("airlock", 24, 8, 0, NULL),
	    kmem_cache_destroy(cache))
SLEEPS_WITH(kmem_cache_destroy, struct kmem_cache *cache = kmem_cache_create("airlock", 24, 8, 0, NULL),
	    kmem_cache_destroy(cache), )
SLEEPS_WITH(kmem_cache_alloc, struct kmem_cache *cache = kmem_cache_create("airlock", 24, 8, 0, NULL),
	    kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_KERNEL)), kmem_cache_destroy(cache))
SLEEPS_WITH(kmem_cache_zalloc, struct kmem_cache *cache = kmem_cache_create("airlock", 24, 8, 0, NULL),
	    kmem_cache_free(cache, kmem_cache_zalloc(cache, GFP_KERNEL)), kmem_cache_destroy(cache))
ATOMIC_WITH(kmem_cache_alloc_atomic, struct kmem_cache *cache = kmem_cache_create("airlock", 24, 8, 0, NULL),
	    kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_ATOMIC)), kmem_cache_destroy(cache))
SLEEPS_WITH(mempool_create, mempool_t *pool, pool = mempool_create_kmalloc_pool(1, 16), mempool_destroy(pool))
ATOMIC_WITH(mempool_destroy, mempool_t *pool = mempool_create_kmalloc_pool(1, 16), mempool_destroy(pool), )
SLEEPS_WITH(mempool_alloc, mempool_t *pool = mempool_create_kmalloc_pool(1, 16),
	    mempool_free(mempool_alloc(pool, GFP_KERNEL), pool), mempool_destroy(pool))
ATOMIC_WITH(mempool_alloc_atomic, mempool_t *pool = mempool_create_kmalloc_pool(1, 16),
	    mempool_free(mempool_alloc(pool, GFP_ATOMIC), pool), mempool_destroy(pool))
SLEEPS_WITH(mempool_resize, mempool_t *pool = mempool_create_kmalloc_pool(1, 16), if (mempool_resize(pool, 2)) {},
	    mempool_destroy(pool))
SLEEPS(bio_alloc, bio_put(bio_alloc(NULL, 1, 0, GFP_KERNEL)))

/* Memory for a device. */
static struct platform_device *device(void)
{
	struct platform_device *device = platform_device_register_simple("airlock", PLATFORM_DEVID_AUTO, NULL, 0);

	if (IS_ERR(device))
		return NULL;
	dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(64));
	return device;
}
#define DEVICE struct platform_device *owner = device(); if (!owner) return -ENODEV
#define NO_DEVICE platform_device_unregister(owner)

SLEEPS_WITH(devm_kmalloc, DEVICE, if (!devm_kmalloc(&owner->dev, 16, GFP_KERNEL)) {}, NO_DEVICE)
ATOMIC_WITH(devm_kmalloc_atomic, DEVICE, if (!devm_kmalloc(&owner->dev, 16, GFP_ATOMIC)) {}, NO_DEVICE)
SLEEPS_WITH(devm_kasprintf, DEVICE, if (!devm_kasprintf(&owner->dev, GFP_KERNEL, "%d", 5)) {}, NO_DEVICE)
SLEEPS_WITH(dma_pool_create, DEVICE; struct dma_pool *pool, pool = dma_pool_create("airlock", &owner->dev, 64, 64, 0),
	    dma_pool_destroy(pool); NO_DEVICE)
SLEEPS_WITH(dma_pool_destroy, DEVICE; struct dma_pool *pool = dma_pool_create("airlock", &owner->dev, 64, 64, 0),
	    dma_pool_destroy(pool), NO_DEVICE)

/* Trees that allocate. */
SLEEPS(idr_alloc, idr_alloc(&idr, &idr, 1, 0, GFP_KERNEL))
ATOMIC(idr_alloc_atomic, idr_alloc(&idr, &idr, 1, 0, GFP_ATOMIC))
DIFFERS(idr_preload_locked, "lucky path: the stock of the processor is full")
SLEEPS(idr_preload, idr_preload(GFP_KERNEL); idr_preload_end())
CASE(idr_preload_then_alloc)
{
	idr_preload(GFP_KERNEL);
	spin_lock(&spinlock);
	idr_alloc(&idr, &idr, 1, 0, GFP_NOWAIT);
	spin_unlock(&spinlock);
	idr_preload_end();
	return 0;
}
CASE(idr_preload_then_sleep)
{
	idr_preload(GFP_KERNEL);
	kfree(kmalloc(16, GFP_KERNEL));
	idr_preload_end();
	return 0;
}
DIFFERS(ida_alloc_locked, "lucky path: memory is first asked for without waiting")
SLEEPS(ida_alloc, ida_alloc(&ida, GFP_KERNEL))
ATOMIC(ida_alloc_atomic, ida_alloc(&ida, GFP_ATOMIC))
ATOMIC(ida_free, if (!ida_is_empty(&ida)) ida_free(&ida, 0))
DIFFERS(xa_store_locked, "lucky path: memory is first asked for without waiting")
SLEEPS(xa_store, xa_store(&xarray, 5, &xarray, GFP_KERNEL))
ATOMIC(xa_store_atomic, xa_store(&xarray, 5, &xarray, GFP_ATOMIC))
SLEEPS_WITH(xa_alloc, u32 number, if (xa_alloc(&xarray, &number, &xarray, xa_limit_32b, GFP_KERNEL)) {}, )
SLEEPS(xa_insert, if (xa_insert(&xarray, 7, &xarray, GFP_KERNEL)) {})
SLEEPS(xa_reserve, if (xa_reserve(&xarray, 9, GFP_KERNEL)) {})
ATOMIC(xa_erase, xa_erase(&xarray, 5))
CASE(xa_lock_drops_to_allocate)
{
	xa_lock(&xarray);
	__xa_store(&xarray, 1 << 20, &xarray, GFP_KERNEL);
	xa_unlock(&xarray);
	return 0;
}
CASE(xa_lock_and_allocate)
{
	xa_lock(&xarray);
	kfree(kmalloc(16, GFP_KERNEL));
	xa_unlock(&xarray);
	return 0;
}
SLEEPS(radix_tree_preload, if (!radix_tree_preload(GFP_KERNEL)) radix_tree_preload_end())
DIFFERS(mtree_store_locked, "lucky path: memory is first asked for without waiting")
SLEEPS(mtree_store, mtree_store(&maple, 5, &maple, GFP_KERNEL))
ATOMIC(mtree_load, if (mtree_load(&maple, 5)) {})
SLEEPS_WITH(sg_alloc_table, struct sg_table table, if (!sg_alloc_table(&table, 4, GFP_KERNEL)) sg_free_table(&table), )
ATOMIC_WITH(sg_alloc_table_atomic, struct sg_table table,
	    if (!sg_alloc_table(&table, 4, GFP_ATOMIC)) sg_free_table(&table), )

static const struct rhashtable_params table_params = { .key_len = 4, .head_offset = 0 };
SLEEPS_WITH(rhashtable_init, struct rhashtable table, if (rhashtable_init(&table, &table_params)) {},
	    rhashtable_destroy(&table))
SLEEPS_WITH(rhashtable_destroy, struct rhashtable table; if (rhashtable_init(&table, &table_params)) return -1,
	    rhashtable_destroy(&table), )
SLEEPS_WITH(shrinker_alloc, struct shrinker *shrinker, shrinker = shrinker_alloc(0, "airlock"), shrinker_free(shrinker))

static void memory__released(struct percpu_ref *reference) {}
SLEEPS_WITH(percpu_ref_init, struct percpu_ref reference,
	    if (percpu_ref_init(&reference, memory__released, 0, GFP_KERNEL)) {}, percpu_ref_exit(&reference))

/* Freed after a grace period: by a caller that waits for it, and by one that does not. */
struct with_head {
	struct rcu_head head;
};
SLEEPS_WITH(kfree_rcu_mightsleep, struct with_head *old = kmalloc(sizeof(*old), GFP_KERNEL), kfree_rcu_mightsleep(old), )
ATOMIC_WITH(kfree_rcu, struct with_head *old = kmalloc(sizeof(*old), GFP_KERNEL), kfree_rcu(old, head), )

SLEEPS(kstrndup, kfree(kstrndup("abc", 2, GFP_KERNEL)))
SLEEPS(kmemdup_nul, kfree(kmemdup_nul("abc", 2, GFP_KERNEL)))
SLEEPS_WITH(argv_split, char **words; int count, words = argv_split(GFP_KERNEL, "a b", &count), if (words) argv_free(words))
SLEEPS_WITH(kmem_cache_alloc_bulk, void *got[2]; struct kmem_cache *cache = kmem_cache_create("airlock", 24, 8, 0, NULL),
	    kmem_cache_free_bulk(cache, kmem_cache_alloc_bulk(cache, GFP_KERNEL, 2, got), got), kmem_cache_destroy(cache))
SLEEPS_WITH(kmem_cache_shrink, struct kmem_cache *cache = kmem_cache_create("airlock", 24, 8, 0, NULL),
	    kmem_cache_shrink(cache), kmem_cache_destroy(cache))
SLEEPS_WITH(vm_map_ram, struct page *page = alloc_page(GFP_KERNEL); void *mapped, mapped = vm_map_ram(&page, 1, NUMA_NO_NODE),
	    vm_unmap_ram(mapped, 1); __free_page(page))
SLEEPS(vm_unmap_aliases, vm_unmap_aliases())
