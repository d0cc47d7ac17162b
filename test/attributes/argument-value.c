// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An argument that has no meaning is an error which quotes it: a condition other than true and false.
// RUN: not %airlock_cc %s 2>&1 | FileCheck %s --implicit-check-not=error:
#include <airlock.h>

int __cond_enters(maybe, uaccess) opens_if(void);
// CHECK: argument-value.c:[[#@LINE-1]]:{{[0-9]+}}: error: {{.*}}'maybe'
int __cond_exits(2, uaccess) closes_if(void);
// CHECK: argument-value.c:[[#@LINE-1]]:{{[0-9]+}}: error: {{.*}}'2'
int __cond_exits(false, uaccess) good(void);
// CHECK: 2 errors generated
