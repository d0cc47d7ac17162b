// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The notes of a finding: they end at the declaration that asks for the context.
// RUN: %airlock_cc %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
#include <airlock.h>

int get_value(int) __uaccess;
int get_value(int);

struct ops {
	int (*run)(int) __uaccess;
};

int direct(int n)
{
	return get_value(n);
}
// CHECK: notes.c:[[#@LINE-2]]:9: warning: 'direct' calls 'get_value', which needs context 'uaccess', but is not in that context itself; annotate 'direct' with '__uaccess' [airlock-context-call]
// CHECK: notes.c:[[#@LINE-12]]:{{[0-9]+}}: note: {{.*}}'get_value'{{.*}}declared here

int through_field(struct ops *o, int n)
{
	return o->run(n);
}
// CHECK: notes.c:[[#@LINE-2]]:{{9|12}}: warning: 'through_field' calls through 'ops.run', which needs context 'uaccess'
// CHECK: notes.c:[[#@LINE-15]]:{{[0-9]+}}: note: {{.*}}'ops.run'{{.*}}declared here
// CHECK: 2 warnings generated
