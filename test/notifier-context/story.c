// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The notes: where the callback was stored, what that means, each call down, and why it sleeps.
// RUN: %airlock_cc -DNO_BODIES -fno-caret-diagnostics -I %S/../traps/Inputs %s > %t 2>&1
// RUN: FileCheck %s --input-file=%t --implicit-check-not=warning: --implicit-check-not=error:
#include "kernel-api.h"

static struct mutex mutex;

static void deepest(void) { mutex_lock(&mutex); }
static void deeper(void) { deepest(); }

// CHECK: story.c:[[@LINE+8]]:2: warning: 'range' calls 'deeper', which may sleep, while an mmu-notifier callback runs that may not block [airlock-notifier-context]
// CHECK-NEXT: story.c:[[@LINE+10]]:22: note: 'range' is stored in 'mmu_notifier_ops.invalidate_range' here
// CHECK-NEXT: note: functions in 'mmu_notifier_ops.invalidate_range' run while an mmu-notifier callback runs that may not block
// CHECK-NEXT: story.c:[[@LINE-5]]:28: note: 'deeper' calls 'deepest' here
// CHECK-NEXT: story.c:[[@LINE-7]]:29: note: 'deepest' calls 'mutex_lock' here
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
static void range(struct mmu_notifier *n, struct mm_struct *mm, unsigned long start, unsigned long end)
{
	deeper();
}
static const struct mmu_notifier_ops ops = {
	.invalidate_range = range,
};

// CHECK: story.c:[[@LINE+6]]:2: warning: 'assigned' calls 'mutex_lock', which may sleep, while an mmu-notifier callback runs that may not block [airlock-notifier-context]
// CHECK-NEXT: story.c:[[@LINE+11]]:{{[0-9]+}}: note: 'assigned' is stored in 'mmu_notifier_ops.invalidate_range_start' here
// CHECK-NEXT: note: functions in 'mmu_notifier_ops.invalidate_range_start' run while an mmu-notifier callback runs that may not block
// CHECK-NEXT: api-locks.h:{{[0-9:]+}} note: 'mutex_lock' may sleep
static int assigned(struct mmu_notifier *n, const struct mmu_notifier_range *range)
{
	mutex_lock(&mutex);
	return 0;
}

void start(struct mmu_notifier_ops *own, struct mmu_notifier *n)
{
	own->invalidate_range_start = assigned;
	n->ops = &ops;
}
