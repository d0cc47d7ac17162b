// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Findings that come to the same end stand together, and the end is told once; each is still a line of its own.
// RUN: not %airlock check %s -- -I %S/../traps/Inputs -I %S/../../annotations/include | FileCheck %s
// RUN: not %airlock check --format json %s -- -I %S/../traps/Inputs -I %S/../../annotations/include \
// RUN:   | FileCheck --check-prefix=JSON %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

static void inner(void) { mutex_lock(&mutex); mutex_unlock(&mutex); }
static void middle(void) { inner(); }
static void outer(void) { middle(); }

void first(void)
{
	spin_lock(&lock);
	outer();
	spin_unlock(&lock);
}

void another(void)
{
	spin_lock(&lock);
	inner(); // another end: two steps are not worth folding
	spin_unlock(&lock);
}

void second(void)
{
	spin_lock(&lock);
	outer();
	spin_unlock(&lock);
}

// CHECK:      text-alike.c:18:2: warning: 'first' calls 'outer', which may sleep, while a spinlock is held
// CHECK-NEXT: note: 'first' calls 'spin_lock' here; from here on a spinlock is held
// CHECK-NEXT: note: 'outer' calls 'middle' here
// CHECK-NEXT: note: 'middle' calls 'inner' here
// CHECK-NEXT: note: 'inner' calls 'mutex_lock' here
// CHECK-NEXT: note: 'mutex_lock' may sleep
// CHECK-NEXT: text-alike.c:32:2: warning: 'second' calls 'outer', which may sleep, while a spinlock is held
// CHECK-NEXT: note: 'second' calls 'spin_lock' here; from here on a spinlock is held
// CHECK-NEXT: text-alike.c:13:{{[0-9]+}}: note: 'outer' calls 'middle' here; from there on as at {{.*}}text-alike.c:18:2
// CHECK-NEXT: text-alike.c:25:2: warning: 'another' calls 'inner', which may sleep, while a spinlock is held
// CHECK-NEXT: note: 'another' calls 'spin_lock' here
// CHECK-NEXT: note: 'inner' calls 'mutex_lock' here
// CHECK-NEXT: note: 'mutex_lock' may sleep
// CHECK:      3 findings

// What programs read has every path whole.
// JSON-COUNT-2: "text": "'middle' calls 'inner' here"
