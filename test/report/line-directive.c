// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a generator writes is reported where it comes from.
// RUN: %airlock_cc -fplugin-arg-airlock-report=%t.json %s > %t.out 2>&1
// RUN: FileCheck %s --input-file=%t.out
// RUN: FileCheck %s --input-file=%t.json --check-prefix=JSON
#include <airlock.h>

int get_value(int) __uaccess;
int before(int n) { return get_value(n); }
#line 10 "foo.y"
int after(int n) { return get_value(n); }

// CHECK: line-directive.c:9:28: warning: 'before' calls
// CHECK: foo.y:10:27: warning: 'after' calls
// JSON: "function": "before",
// JSON: "function": "after",
// JSON-NEXT: "location": {
// JSON-NEXT: foo.y",
// JSON-NEXT: "line": 10,
