// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel-api.h"
void far_each(void (*fn)(void));
void far_declared(void);
void far_promised(void);

static spinlock_t lock;
static struct mutex mutex;
static void sleeps(void) { mutex_lock(&mutex); }
static void wrap(void) { far_each(sleeps); }

void wrapped(void)
{
	spin_lock(&lock);
	wrap();
	spin_unlock(&lock);
}

void declared(void)
{
	spin_lock(&lock);
	far_declared();
	spin_unlock(&lock);
}

void promised(void)
{
	spin_lock(&lock);
	far_promised();
	spin_unlock(&lock);
}
