// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One fix-it mends all findings of a caller: only the first of a caller and a context carries it.
// RUN: %airlock_cc -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=fix-it:
#include <airlock.h>

int get_value(int) __uaccess;
int put_value(int) __uaccess;

int first(int n)
{
	get_value(n);
	put_value(n);
	return get_value(n);
}
// CHECK: :[[#@LINE-4]]:{{[0-9]+}}: warning: 'first' calls 'get_value'
// CHECK: fix-it:"{{.*}}fixit-once.c":{[[#@LINE-7]]:5-[[#@LINE-7]]:5}:"__uaccess "
// CHECK: :[[#@LINE-5]]:{{[0-9]+}}: warning: 'first' calls 'put_value'
// CHECK: :[[#@LINE-5]]:{{[0-9]+}}: warning: 'first' calls 'get_value'

int second(int n)
{
	return get_value(n);
}
// CHECK: :[[#@LINE-2]]:{{[0-9]+}}: warning: 'second' calls 'get_value'
// CHECK: fix-it:"{{.*}}fixit-once.c":{[[#@LINE-5]]:5-[[#@LINE-5]]:5}:"__uaccess "
// CHECK: 4 warnings generated
