// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// In the report a finding names its region, and its path starts where the region opened.
// REQUIRES: jsonschema
// RUN: rm -f %t.json
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-root=%src -fplugin-arg-airlock-report=%t.json %s
// RUN: %validate %src/plugin/report/report.schema.json %t.json
// RUN: FileCheck %s --input-file=%t.json
#include "Inputs/locks.h"

int left_open(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		return -EBUSY;
	spin_unlock(&t->lock);
	return 0;
}

__airlock_allow("region-balance", "the interrupt handler unlocks it")
int allowed(struct thing *t)
{
	spin_lock(&t->lock);
	if (ready())
		return -EBUSY;
	spin_unlock(&t->lock);
	return 0;
}

// CHECK: "rule": "region-balance",
// CHECK-NEXT: "severity": "warning",
// CHECK-NEXT: "message": "'left_open' returns while a spinlock is held",
// CHECK-NEXT: "function": "left_open",
// CHECK-NEXT: "location": {
// CHECK-NEXT: "file": "test/region-balance/report.c",
// CHECK-NEXT: "line": 14,
// CHECK-NEXT: "column": 3
// CHECK: "path": [
// CHECK: "line": 12,
// CHECK: "text": "'left_open' calls 'spin_lock' here; from here on a spinlock is held"
// CHECK: "region": "spinlock",
// CHECK-NEXT: "fixits": [],
// CHECK-NEXT: "suppressed": null
// CHECK: "function": "allowed",
// CHECK: "region": "spinlock",
// CHECK: "suppressed": {
// CHECK-NEXT: "by": "__airlock_allow",
// CHECK-NEXT: "why": "the interrupt handler unlocks it"
// CHECK: "suppressed": 1
