// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Names that Linux 6.1 has and 6.12 has not, or knows as macros; and one whose flags stand elsewhere.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#define __user __attribute__((address_space(1)))
typedef unsigned gfp_t;
typedef unsigned long size_t;
#define GFP_ATOMIC 0x820u
#define GFP_KERNEL 0xcc0u
typedef struct spinlock { int x; } spinlock_t;
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);
struct kmem_cache;
struct block_device;
struct shrinker;
struct page;
struct iov_iter;
void *__kmalloc(size_t size, gfp_t flags);
void *__kmalloc_node_track_caller(size_t size, gfp_t flags, int node, unsigned long caller);
void *kmalloc_trace(struct kmem_cache *s, gfp_t flags, size_t size);
void *kmalloc_large(size_t size, gfp_t flags);
void *kvrealloc(const void *p, size_t oldsize, size_t newsize, gfp_t flags);
void *__getblk_gfp(struct block_device *b, unsigned long long block, unsigned size, gfp_t gfp);
struct block_device *blkdev_get_by_path(const char *path, unsigned mode, void *holder);
void blkdev_put(struct block_device *b, unsigned mode);
int register_shrinker(struct shrinker *s, const char *name, ...);
void unregister_shrinker(struct shrinker *s);
long get_user_pages_locked(unsigned long start, unsigned long n, unsigned flags, struct page **pages, int *locked);

void atomic(spinlock_t *l, struct kmem_cache *s, void *p)
{
	spin_lock(l);
	__kmalloc(8, GFP_ATOMIC);
	__kmalloc_node_track_caller(8, GFP_ATOMIC, 0, 0);
	kmalloc_trace(s, GFP_ATOMIC, 8);
	kmalloc_large(1 << 20, GFP_ATOMIC);
	kvrealloc(p, GFP_KERNEL, GFP_KERNEL, GFP_ATOMIC);
	spin_unlock(l);
}

void sleeping(spinlock_t *l, struct kmem_cache *s, void *p)
{
	spin_lock(l);
	__kmalloc(8, GFP_KERNEL); // expected-warning {{'sleeping' calls '__kmalloc', which may sleep, while a spinlock is held}}
	__kmalloc_node_track_caller(8, GFP_KERNEL, 0, 0); // expected-warning {{'__kmalloc_node_track_caller', which may sleep}}
	kmalloc_trace(s, GFP_KERNEL, 8); // expected-warning {{'kmalloc_trace', which may sleep}}
	kmalloc_large(1 << 20, GFP_KERNEL); // expected-warning {{'kmalloc_large', which may sleep}}
	kvrealloc(p, 8, 16, GFP_KERNEL); // expected-warning {{'kvrealloc', which may sleep}}
	spin_unlock(l);
}

void always(spinlock_t *l, struct block_device *b, struct shrinker *s, struct page **pages)
{
	int locked = 1;

	spin_lock(l);
	__getblk_gfp(b, 0, 512, 0); // expected-warning {{'__getblk_gfp', which may sleep}}
	blkdev_get_by_path("/dev/a", 0, b); // expected-warning {{'blkdev_get_by_path', which may sleep}}
	blkdev_put(b, 0); // expected-warning {{'blkdev_put', which may sleep}}
	register_shrinker(s, "name"); // expected-warning {{'register_shrinker', which may sleep}}
	unregister_shrinker(s); // expected-warning {{'unregister_shrinker', which may sleep}}
	get_user_pages_locked(0, 1, 0, pages, &locked); // expected-warning {{'get_user_pages_locked', which may sleep}}
	spin_unlock(l);
}
