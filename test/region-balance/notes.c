// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The notes tell where the region was opened, down to the primitive.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=remark: --implicit-check-not=error:
#include "Inputs/locks.h"

int direct(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		return -EBUSY;
	spin_unlock(&t->lock);
	return 0;
}
// CHECK: notes.c:[[#@LINE-4]]:3: warning: 'direct' returns while a spinlock is held [airlock-region-balance]
// CHECK-NEXT: return -EBUSY;
// CHECK-NEXT: ^
// CHECK-NEXT: notes.c:[[#@LINE-9]]:2: note: 'direct' calls 'spin_lock' here; from here on a spinlock is held

static void lock_thing(struct thing *t)
{
	t->flags = 0;
	spin_lock(&t->lock);
}

static void lock_first(struct thing *t)
{
	lock_thing(t->next);
}

void by_helpers(struct thing *t)
{
	lock_first(t);
	if (ready())
		return;
	spin_unlock(&t->lock);
}
// CHECK: notes.c:[[#@LINE-3]]:3: warning: 'by_helpers' returns while a spinlock is held
// CHECK: notes.c:[[#@LINE-6]]:2: note: 'by_helpers' calls 'lock_first' here; from here on a spinlock is held
// CHECK: notes.c:[[#@LINE-12]]:2: note: 'lock_first' calls 'lock_thing' here
// CHECK: notes.c:[[#@LINE-18]]:2: note: 'lock_thing' calls 'spin_lock' here

void twice(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		spin_unlock(&t->lock);
	spin_unlock(&t->lock);
}
// CHECK: notes.c:[[#@LINE-2]]:2: remark: 'twice' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path

// CHECK: 2 warnings generated.
