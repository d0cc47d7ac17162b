// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A fix-it for each context that is missing; a context without a spelling is written as __in_context().
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/two-contexts.json -fdiagnostics-parseable-fixits %s 2>&1 \
// RUN:   | FileCheck %s --implicit-check-not=warning:
#include <airlock.h>

int ack(int) __in_context(irq);

int caller(int n)
{
	return ack(n);
}
// CHECK: warning: 'caller' calls 'ack', which needs context 'irq', but is not in that context itself; annotate 'caller' with '__in_context(irq)'
// CHECK: fix-it:"{{.*}}fixit-context.c":{[[#@LINE-5]]:5-[[#@LINE-5]]:5}:"__in_context(irq) "
// CHECK: 1 warning generated
