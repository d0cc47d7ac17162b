// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A function that allocates with the flags of its caller sleeps if those do: through one, two and five levels, and
// through what is done to the flags on the way.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
struct item { struct item *next; };

static struct item *one(gfp_t flags) { return kmalloc(sizeof(struct item), flags); }
static struct item *two(int n, gfp_t flags) { return n ? one(flags) : NULL; }
static struct item *three(gfp_t flags, int n) { return two(n, flags); }
static struct item *four(int a, int b, gfp_t flags) { return three(flags, a + b); }
struct item *five(gfp_t flags)
{
	struct item *p = four(1, 2, flags);

	if (!p)
		printk("no memory\n");
	return p;
}

void levels(void)
{
	spin_lock(&lock);
	one(GFP_KERNEL); // expected-warning {{'levels' calls 'one', which may sleep, while}}
	one(GFP_ATOMIC);
	two(1, GFP_NOIO); // expected-warning {{'levels' calls 'two', which may sleep, while}}
	two(1, GFP_NOWAIT);
	three(GFP_KERNEL, 2); // expected-warning {{'levels' calls 'three', which may sleep, while}}
	three(GFP_ATOMIC, GFP_KERNEL);
	four(0, 0, GFP_NOFS); // expected-warning {{'levels' calls 'four', which may sleep, while}}
	four(GFP_KERNEL, GFP_KERNEL, GFP_ATOMIC);
	five(GFP_KERNEL); // expected-warning {{'levels' calls 'five', which may sleep, while}}
	five(GFP_ATOMIC);
	spin_unlock(&lock);
	five(GFP_KERNEL);
}

// Bits that are added or taken away on the way count.
static void *zeroed(gfp_t flags) { return one(flags | __GFP_ZERO); }
static void *never_reclaims(gfp_t flags) { return one(flags & ~__GFP_DIRECT_RECLAIM); }
static void *always_reclaims(gfp_t flags) { return one(flags | __GFP_DIRECT_RECLAIM); }
static void *only_some(gfp_t flags) { return one(flags & (__GFP_HIGH | __GFP_KSWAPD_RECLAIM)); }
static void *same_bits(gfp_t flags) { return one(flags & GFP_KERNEL); }

void bits(void)
{
	spin_lock(&lock);
	zeroed(GFP_KERNEL); // expected-warning {{'bits' calls 'zeroed', which may sleep, while}}
	zeroed(GFP_ATOMIC);
	never_reclaims(GFP_KERNEL);
	never_reclaims(GFP_ATOMIC);
	always_reclaims(GFP_ATOMIC); // expected-warning {{'bits' calls 'always_reclaims', which may sleep, while}}
	only_some(GFP_KERNEL);
	same_bits(GFP_KERNEL); // expected-warning {{'bits' calls 'same_bits', which may sleep, while}}
	same_bits(GFP_ATOMIC);
	spin_unlock(&lock);
}

// A local on the way, a second branch with other flags, a loop.
static void *through_local(gfp_t flags)
{
	const gfp_t own = flags | __GFP_NOWARN;

	return one(own);
}

static void *tries_twice(gfp_t flags)
{
	void *p = one(GFP_NOWAIT);

	return p ?: one(flags);
}

static int fill(int n, gfp_t flags)
{
	while (n--)
		if (!one(flags))
			return -ENOMEM;
	return 0;
}

void ways(void)
{
	spin_lock(&lock);
	through_local(GFP_KERNEL); // expected-warning {{'ways' calls 'through_local', which may sleep, while}}
	through_local(GFP_ATOMIC);
	tries_twice(GFP_KERNEL); // expected-warning {{'ways' calls 'tries_twice', which may sleep, while}}
	tries_twice(GFP_ATOMIC);
	fill(2, GFP_KERNEL); // expected-warning {{'ways' calls 'fill', which may sleep, while}}
	fill(2, GFP_ATOMIC);
	spin_unlock(&lock);
}

// A parameter that the function changes is no longer what the caller gave.
static void *changed_first(gfp_t flags)
{
	flags &= ~__GFP_DIRECT_RECLAIM;
	return kmalloc(8, flags);
}

static void *replaced(gfp_t flags)
{
	flags = GFP_NOWAIT;
	return kmalloc(8, flags);
}

void changed(void)
{
	spin_lock(&lock);
	changed_first(GFP_KERNEL);
	replaced(GFP_KERNEL);
	spin_unlock(&lock);
}

// Sleeps whatever it is given; and the lock of the function itself with the flags of nobody that is known.
static void *sleeps_anyhow(gfp_t flags)
{
	void *p = kmalloc(8, GFP_KERNEL);

	return p ?: kmalloc(8, flags);
}

void *takes_the_lock_itself(gfp_t flags)
{
	void *p;

	spin_lock(&lock);
	p = kmalloc(8, flags);
	spin_unlock(&lock);
	return p;
}

void anyhow(void)
{
	spin_lock(&lock);
	sleeps_anyhow(GFP_ATOMIC); // expected-warning {{'anyhow' calls 'sleeps_anyhow', which may sleep, while}}
	spin_unlock(&lock);
}

// The question that the allocators ask, asked by the code itself.
static void wait_if_allowed(struct mutex *mutex, gfp_t flags)
{
	if (gfpflags_allow_blocking(flags)) {
		mutex_lock(mutex);
		mutex_unlock(mutex);
	}
}

static void wait_unless_atomic(struct mutex *mutex, gfp_t flags)
{
	if (!(flags & __GFP_DIRECT_RECLAIM))
		return;
	mutex_lock(mutex);
	mutex_unlock(mutex);
}

void asked(struct mutex *mutex)
{
	spin_lock(&lock);
	wait_if_allowed(mutex, GFP_KERNEL); // expected-warning {{'asked' calls 'wait_if_allowed', which may sleep, while}}
	wait_if_allowed(mutex, GFP_ATOMIC);
	wait_unless_atomic(mutex, GFP_NOFS); // expected-warning {{'asked' calls 'wait_unless_atomic', which may sleep, while}}
	wait_unless_atomic(mutex, GFP_NOWAIT);
	spin_unlock(&lock);
}
