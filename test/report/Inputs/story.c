/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

static void deepest(void) { mutex_lock(&mutex); }

// far away
// far away
// far away
// far away
static void deeper(void)
{
	deepest();
}

// far away
// far away
// far away
// far away
// far away
// far away
// far away
// far away
void chain(int n)
{
	// begins
	n++;
	spin_lock(&lock); // opens
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	n++; // between
	deeper();
	spin_unlock(&lock);
}
