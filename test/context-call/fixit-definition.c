// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The fix-it on a definition goes before the name of the function, whatever stands before that.
// RUN: %airlock_cc -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=fix-it:
#include <airlock.h>

int get_value(int) __uaccess;

int simple(int n)
{
	return get_value(n);
}
// CHECK: warning: 'simple' calls 'get_value'
// CHECK: fix-it:"{{.*}}fixit-definition.c":{[[#@LINE-5]]:5-[[#@LINE-5]]:5}:"__uaccess "

const char *pointer(int n)
{
	return get_value(n) ? "yes" : "no";
}
// CHECK: warning: 'pointer' calls 'get_value'
// CHECK: fix-it:"{{.*}}fixit-definition.c":{[[#@LINE-5]]:13-[[#@LINE-5]]:13}:"__uaccess "

static inline int shared(int n)
{
	return get_value(n);
}
// CHECK: warning: 'shared' calls 'get_value'
// CHECK: fix-it:"{{.*}}fixit-definition.c":{[[#@LINE-5]]:19-[[#@LINE-5]]:19}:"__uaccess "

static int
on_its_own_line(int n)
{
	return shared(n) + get_value(n);
}
// CHECK: warning: 'on_its_own_line' calls 'get_value'
// CHECK: fix-it:"{{.*}}fixit-definition.c":{[[#@LINE-5]]:1-[[#@LINE-5]]:1}:"__uaccess "

int user(int n)
{
	return on_its_own_line(n);
}
// CHECK: 4 warnings generated
