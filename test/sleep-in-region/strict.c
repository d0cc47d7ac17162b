// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// -fplugin-arg-airlock-strict=REGION: of a callee that nothing is known about the worst is assumed, in that region.
// RUN: %airlock_cc -fplugin-arg-airlock-strict=spinlock -I %S/../traps/Inputs \
// RUN:   -Xclang -verify=strict -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify=lax -Xclang -verify-ignore-unexpected=note %s
// RUN: not %airlock_cc -fplugin-arg-airlock-strict=no_such_region -I %S/../traps/Inputs %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=UNKNOWN --implicit-check-not=warning:
// UNKNOWN: error: {{.*}}no_such_region
// lax-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;
struct vendor_ops { int (*run)(int n); int (*promised)(int n) __no_sleep; int (*known)(int n); };
int vendor_call(int n);
int vendor_promise(int n) __no_sleep;
static int defined_here(int n) { return n + 1; }
static int calls_vendor(int n) { return vendor_call(n) + 1; }
static const struct vendor_ops table = { .known = defined_here };

int under_spinlock(const struct vendor_ops *ops, int n)
{
	spin_lock(&lock);
	n = vendor_call(n); // strict-warning {{'under_spinlock' calls 'vendor_call', of which nothing is known, while a spinlock is held}}
	n = vendor_promise(n);
	n = defined_here(n);
	n = calls_vendor(n); // strict-warning-re {{'under_spinlock' calls 'calls_vendor', {{.*}}, while a spinlock is held}}
	n = ops->run(n); // strict-warning {{'under_spinlock' calls through 'vendor_ops.run', of which nothing is known, while a spinlock is held}}
	n = ops->promised(n);
	n = __builtin_popcount(n);
	kmalloc(8, GFP_ATOMIC);
	spin_unlock(&lock);
	return vendor_call(n) + table.known(n);
}

// Only in the region that was asked for.
int under_rcu(int n)
{
	rcu_read_lock();
	n = vendor_call(n);
	rcu_read_unlock();
	return n;
}
