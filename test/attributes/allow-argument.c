// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A suppression must name a rule that exists, and give a reason.
// RUN: not %airlock_cc %s 2>&1 | FileCheck %s --implicit-check-not=error: --implicit-check-not=warning:
#include <airlock.h>

void misspelt(void) __airlock_allow("context-cal", "why");
// CHECK: allow-argument.c:[[#@LINE-1]]:{{[0-9]+}}: error: unknown rule 'context-cal'
void no_reason(void) __airlock_allow("context-call", "");
// CHECK: allow-argument.c:[[#@LINE-1]]:{{[0-9]+}}: error: {{.*}}reason
void good(void) __airlock_allow("context-call", "why");
// CHECK: 2 errors generated
