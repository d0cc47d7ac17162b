// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The JSON report: its schema, its findings in the order of the source, suppressions with their reasons, the ledger.
// REQUIRES: jsonschema
// RUN: rm -f %t.json
// RUN: %airlock_cc -fplugin-arg-airlock-advice -fplugin-arg-airlock-root=%src -fplugin-arg-airlock-report=%t.json %s > %t.out 2>&1
// RUN: %validate %src/plugin/report/report.schema.json %t.json
// RUN: FileCheck %s --input-file=%t.json
// RUN: FileCheck %s --input-file=%t.out --check-prefix=SHOWN --implicit-check-not=warning:
// Twice the same bytes, and the same from the command.
// RUN: %airlock_cc -fplugin-arg-airlock-advice -fplugin-arg-airlock-root=%src -fplugin-arg-airlock-report=%t.again %s > %t.out2 2>&1
// RUN: cmp %t.json %t.again && cmp %t.out %t.out2
// RUN: not %airlock check --advice --root %src --format json -o %t.tool %s -- -I %src/annotations/include
// RUN: cmp %t.json %t.tool
#include <airlock.h>

int get_value(int) __uaccess;
void run(void *data);

// SHOWN: warning: 'outside' calls 'get_value'
int outside(int n)
{
	return get_value(n);
}

__airlock_allow("context-call", "the boot code is alone")
int boot(int n)
{
	return get_value(n);
}

// SHOWN: warning: passing 'get_value' to parameter 'data' of 'run'
void leak(void (*plain)(void))
{
	run(get_value);
	(void)(__force void (*)(void))plain;
	plain();
}
// SHOWN: remark: '__force' in this cast of 'plain' is useless

// CHECK: "airlock": "{{[0-9.]+}}",
// CHECK-NEXT: "schema": 1,
// CHECK: "id": "{{[0-9a-f]+}}",
// CHECK-NEXT: "rule": "context-call",
// CHECK-NEXT: "severity": "warning",
// CHECK-NEXT: "message": "'outside' calls 'get_value', which needs context 'uaccess',
// CHECK-NEXT: "function": "outside",
// CHECK-NEXT: "location": {
// CHECK-NEXT: "file": "test/report/report.c",
// CHECK-NEXT: "line": 22,
// CHECK-NEXT: "column": 9
// CHECK: "path": [
// CHECK: "text": "'outside' calls 'get_value' here"
// CHECK: "text": "'get_value' has no definition in this translation unit"
// CHECK: "text": "'get_value' is declared here as needing context 'uaccess'"
// CHECK: "context": "uaccess",
// CHECK-NEXT: "fixits": [
// CHECK: "line": 20,
// CHECK-NEXT: "column": 5,
// CHECK-NEXT: "endLine": 20,
// CHECK-NEXT: "endColumn": 5,
// CHECK-NEXT: "insert": "__uaccess "
// CHECK: "suppressed": null
// CHECK: "function": "boot",
// CHECK: "suppressed": {
// CHECK-NEXT: "by": "__airlock_allow",
// CHECK-NEXT: "why": "the boot code is alone"
// CHECK: "rule": "context-conversion",
// CHECK: "function": "leak",
// CHECK: "rule": "context-cast",
// CHECK-NEXT: "severity": "advice",
// CHECK: "stats": {
// CHECK-NEXT: "tus": {
// CHECK-NEXT: "seen": 1,
// CHECK-NEXT: "failed": 0,
// CHECK-NEXT: "skipped": 0
// CHECK: "functions": 3,
// CHECK-NEXT: "given_up": [],
// CHECK-NEXT: "calls": {
// CHECK-NEXT: "direct": 3,
// CHECK-NEXT: "slot": 1,
// CHECK-NEXT: "unresolved": 0
// CHECK: "suppressed": 1
