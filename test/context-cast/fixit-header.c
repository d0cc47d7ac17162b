// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// `__force` and `__no_sleep` are macros, too: where nobody has defined them the fix-it includes the header.
// RUN: rm -rf %t && mkdir %t && cp %s %t/a.c && cd %t
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-model=%S/../context-call/Inputs/header/seed.json -fdiagnostics-parseable-fixits a.c 2>&1 | FileCheck %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-model=%S/../context-call/Inputs/header/seed.json -Xclang -fixit a.c > fixed.txt 2>&1
// RUN: grep -c '^#include "airlock.h"' a.c | FileCheck %s --check-prefix=ONCE
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-model=%S/../context-call/Inputs/header/seed.json -Werror a.c
// ONCE: {{^1$}}

int get_value(int n);
struct dma_fence;
struct dma_fence_ops { void (*release)(struct dma_fence *); };
void slow(struct dma_fence *f);

// CHECK: warning: cast of 'get_value' to 'void *' drops context 'uaccess'
// CHECK: fix-it:"a.c":{2:1-2:1}:"#include \"airlock.h\"\n"
// CHECK: fix-it:"a.c":{{.*}}:" __force"
// CHECK: note: '__force' is a macro of "airlock.h", which is to be included here
void *cast(void) { return (void *)get_value; }

// CHECK: warning: 'dma_fence_ops.release' promises '__no_sleep', which 'slow' does not; annotate 'slow' with '__no_sleep'
// CHECK: fix-it:"a.c":{2:1-2:1}:"#include \"airlock.h\"\n"
// CHECK: fix-it:"a.c":{{.*}}:" __no_sleep"
// CHECK: note: '__no_sleep' is a macro of "airlock.h", which is to be included here
void stores(struct dma_fence_ops *o) { o->release = slow; }
