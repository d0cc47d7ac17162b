// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// For any compiler without the plugin every macro expands to nothing, and the header leaves nothing behind.
// RUN: %clang -E -P -I %src/annotations/include %s | FileCheck %s --match-full-lines
// RUN: gcc -E -P -I %src/annotations/include %s | FileCheck %s --match-full-lines
// RUN: %clang -E -P -I %src/annotations/include %s | not grep -E "airlock|attribute|uaccess"
#include <airlock.h>
first [__in_context(C)] [__uaccess] [__context_entry(C)]
[__may_sleep] [__no_sleep] [__uaccess_safe]
[__enters(R)] [__exits(R)] [__cond_enters(true, R)] [__cond_exits(false, R)]
[__prevalidated] [__airlock_allow("rule", "why")] [__force] [__user] last
// CHECK-NOT: {{.}}
// CHECK: first{{ *}}[]{{ *}}[]{{ *}}[]
// CHECK-NEXT: []{{ *}}[]{{ *}}[]
// CHECK-NEXT: []{{ *}}[]{{ *}}[]{{ *}}[]
// CHECK-NEXT: []{{ *}}[]{{ *}}[]{{ *}}[] last
