// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The notes of a finding say why the other side does not keep the context, and where the context comes from.
// RUN: %airlock_cc %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
#include <airlock.h>

int get_value(int) __uaccess;
static int (*slot)(int);

void assigns(void)
{
	slot = get_value;
}
// CHECK: notes.c:[[#@LINE-2]]:9: warning: assigning 'get_value' to 'slot' drops context 'uaccess'; declare 'slot' with '__uaccess', or cast with '__force' on purpose [airlock-context-conversion]
// CHECK-DAG: notes.c:[[#@LINE-7]]:{{[0-9]+}}: note: {{.*}}'slot'{{.*}}is a function pointer that carries no context
// CHECK-DAG: notes.c:[[#@LINE-9]]:{{[0-9]+}}: note: {{.*}}'get_value'{{.*}}declared here

void takes(void *data);

void passes(void)
{
	takes(get_value);
}
// CHECK: notes.c:[[#@LINE-2]]:8: warning: passing 'get_value' to parameter 'data' of 'takes' drops context 'uaccess'
// CHECK-DAG: notes.c:[[#@LINE-7]]:{{[0-9]+}}: note: {{.*}}'data'
// CHECK-DAG: notes.c:[[#@LINE-19]]:{{[0-9]+}}: note: {{.*}}'get_value'{{.*}}declared here

// CHECK: 2 warnings generated
