// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The fix-it goes to the prototype, after the declarator, and to the definition, before the name.
// RUN: %airlock_cc -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s --implicit-check-not=warning:
#include <airlock.h>

int get_value(int) __uaccess;

int early(int n);
static const char *early_pointer(int n);

int early(int n)
{
	return get_value(n);
}

static const char *early_pointer(int n)
{
	return get_value(n) ? "yes" : "no";
}

int user(int n)
{
	return early_pointer(n) != 0;
}

// CHECK: warning: 'early' calls 'get_value'
// CHECK: fix-it:"{{.*}}fixit-prototype.c":{8:17-8:17}:" __uaccess"
// CHECK: fix-it:"{{.*}}fixit-prototype.c":{11:5-11:5}:"__uaccess "
// CHECK: warning: 'early_pointer' calls 'get_value'
// CHECK: fix-it:"{{.*}}fixit-prototype.c":{9:40-9:40}:" __uaccess"
// CHECK: fix-it:"{{.*}}fixit-prototype.c":{16:20-16:20}:"__uaccess "
// CHECK: 2 warnings generated
