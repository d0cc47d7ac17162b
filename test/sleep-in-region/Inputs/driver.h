// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions that are defined, or with DESCRIBED only declared, and then driver.json says the same of them.
#include "kernel-api.h"

struct driver { spinlock_t lock; struct mutex mutex; struct completion done; int busy; };
enum { DRIVER_NOWAIT = 4 };

#ifdef DESCRIBED
void driver_lock(struct driver *d);
void driver_unlock(struct driver *d);
bool driver_trylock(struct driver *d);
int driver_begin(struct driver *d);
void driver_wait(struct driver *d);
void driver_poke(struct driver *d);
void *driver_alloc(struct driver *d, gfp_t flags);
void driver_flush(struct driver *d, bool wait);
void driver_drain(struct driver *d, unsigned int flags);
int driver_read(struct driver *d, int __user *at);
#else
static void driver_lock(struct driver *d) { spin_lock(&d->lock); }
static void driver_unlock(struct driver *d) { spin_unlock(&d->lock); }
static bool driver_trylock(struct driver *d) { return spin_trylock(&d->lock); }

static int driver_begin(struct driver *d)
{
	spin_lock(&d->lock);
	if (d->busy) {
		spin_unlock(&d->lock);
		return -EBUSY;
	}
	return 0;
}

static void driver_wait(struct driver *d) { wait_for_completion(&d->done); }
static void driver_poke(struct driver *d) { complete(&d->done); }
static void *driver_alloc(struct driver *d, gfp_t flags) { return d->busy ? NULL : kmalloc(16, flags); }

static void driver_flush(struct driver *d, bool wait)
{
	if (wait)
		driver_wait(d);
}

static void driver_drain(struct driver *d, unsigned int flags)
{
	if (!(flags & DRIVER_NOWAIT))
		driver_wait(d);
}

static int driver_read(struct driver *d, int __user *at)
{
	int value;

	return get_user(value, at) ? d->busy : value;
}
#endif
