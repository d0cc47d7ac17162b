// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The path says where the function was handed on.
// RUN: %airlock_cc -I %S/../traps/Inputs %s 2>&1 | FileCheck %s
#include "kernel-api.h"
static spinlock_t lock;
static struct mutex mutex;
static void each(void (*fn)(void)) { fn(); }
static void sleepy(void) { mutex_lock(&mutex); mutex_unlock(&mutex); }
static void all(void) { each(sleepy); }
void locked(void)
{
	spin_lock(&lock);
	all();
	spin_unlock(&lock);
}
// CHECK: warning: 'locked' calls 'all', which may sleep, while a spinlock is held
// CHECK: note: 'locked' calls 'spin_lock' here
// CHECK: :9:25: note: 'all' calls 'each' here
// CHECK: :9:30: note: 'sleepy' is passed to 'each' as 'fn' here
// CHECK: :8:28: note: 'sleepy' calls 'mutex_lock' here
// CHECK: note: 'mutex_lock' may sleep
