// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __airlock_allow silences the rule on a function or a statement, for a reason; the report keeps both, and names the
// region.
// REQUIRES: jsonschema
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: rm -f %t.json
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -fplugin-arg-airlock-root=%src -fplugin-arg-airlock-report=%t.json %s
// RUN: %validate %src/plugin/report/report.schema.json %t.json
// RUN: FileCheck %s --input-file=%t.json
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -fplugin-arg-airlock-disable=sleep-in-region %s 2>&1 | count 0
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

void loud(void)
{
	spin_lock(&lock);
	mutex_lock(&mutex); // expected-warning {{'loud' calls 'mutex_lock', which may sleep, while a spinlock is held}}
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

__airlock_allow("sleep-in-region", "single-threaded at this point of the boot")
void quiet(void)
{
	spin_lock(&lock);
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	spin_unlock(&lock);
}

__airlock_allow("sleep-in-region", "the mutex is never contended")
static void quiet_helper(void) __no_sleep;
static void quiet_helper(void)
{
	mutex_lock(&mutex);
}

void statement(void)
{
	spin_lock(&lock);
	__airlock_allow("sleep-in-region", "the mutex is never contended")
	mutex_lock(&mutex);
	mutex_lock(&mutex); // expected-warning {{'statement' calls 'mutex_lock', which may sleep, while a spinlock is held}}
	quiet_helper();
	spin_unlock(&lock);
}

// CHECK: "rule": "sleep-in-region",
// CHECK-NEXT: "severity": "warning",
// CHECK-NEXT: "message": "'loud' calls 'mutex_lock', which may sleep, while a spinlock is held
// CHECK-NEXT: "function": "loud",
// CHECK: "path": [
// CHECK: "text": "'loud' calls 'spin_lock' here; from here on a spinlock is held"
// CHECK: "text": "'mutex_lock' may sleep"
// CHECK: "region": "spinlock",
// CHECK: "suppressed": null
// CHECK: "function": "quiet",
// CHECK: "why": "single-threaded at this point of the boot"
// CHECK: "function": "quiet_helper",
// CHECK: "why": "the mutex is never contended"
// CHECK: "function": "statement",
// CHECK: "why": "the mutex is never contended"
// CHECK: "function": "statement",
// CHECK: "suppressed": null
