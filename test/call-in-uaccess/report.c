// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// In the report: the region, the path, the edits of a fix-it, and the reason of a suppression.
// REQUIRES: jsonschema
// RUN: rm -f %t.json
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -fplugin-arg-airlock-root=%src -fplugin-arg-airlock-report=%t.json %s
// RUN: %validate %src/plugin/report/report.schema.json %t.json
// RUN: FileCheck %s --input-file=%t.json
#include "Inputs/uaccess.h"

u32 encode(u32 value);

void direct(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(value);
	user_access_end();
}

void argument(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	unsafe_put_user(encode(value), p, fault);
fault:
	user_access_end();
}

__airlock_allow("call-in-uaccess", "runs before there are users")
void allowed(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(value);
	user_access_end();
}

// CHECK: "rule": "call-in-uaccess",
// CHECK-NEXT: "severity": "warning",
// CHECK-NEXT: "message": "'direct' calls 'plain' while a user access region is open; 'plain' is neither '__uaccess_safe' nor shown safe by its body",
// CHECK-NEXT: "function": "direct",
// CHECK-NEXT: "location": {
// CHECK-NEXT: "file": "test/call-in-uaccess/report.c",
// CHECK-NEXT: "line": 16,
// CHECK-NEXT: "column": 2
// CHECK: "path": [
// CHECK: "line": 14,
// CHECK: "text": "'direct' calls 'user_access_begin' here; from here on a user access region is open"
// CHECK: "region": "uaccess",
// CHECK-NEXT: "fixits": [],
// CHECK-NEXT: "suppressed": null
// CHECK: "function": "argument",
// CHECK: "region": "uaccess",
// CHECK-NEXT: "fixits": [
// CHECK-NEXT: {
// CHECK: "suppressed": null
// CHECK: "function": "allowed",
// CHECK: "suppressed": {
// CHECK-NEXT: "by": "__airlock_allow",
// CHECK-NEXT: "why": "runs before there are users"
