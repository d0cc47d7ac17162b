// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The fix-it writes __force behind the opening parenthesis of the cast, or the void of `void *`, and only where that is in the file's own text.
// RUN: %airlock_cc -fdiagnostics-parseable-fixits %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=fix-it:
// RUN: cp %s %t.c
// RUN: %airlock_cc -Xclang -fixit %t.c
// RUN: %airlock_cc %t.c 2>&1 | FileCheck %s --check-prefix=CLEAN --allow-empty
#include <airlock.h>

typedef int (*plain_fn)(int);

int get_value(int) __uaccess;

plain_fn casts(void)
{
	plain_fn p = (plain_fn)get_value;
	void *d = (void *)get_value;

	d = ( int (*)(int) )get_value;
	(void)d;
	return p;
}
// CHECK: warning: cast of 'get_value' to 'plain_fn' drops
// CHECK: fix-it:"{{.*}}fixit.c":{[[#@LINE-8]]:16-[[#@LINE-8]]:16}:"__force "
// CHECK: warning: cast of 'get_value' to 'void *' drops
// CHECK: fix-it:"{{.*}}fixit.c":{[[#@LINE-9]]:17-[[#@LINE-9]]:17}:" __force"
// CHECK: warning: cast of 'get_value' to 'int (*)(int)' drops
// CHECK: fix-it:"{{.*}}fixit.c":{[[#@LINE-9]]:7-[[#@LINE-9]]:7}:"__force "
// CHECK: 3 warnings generated
// CLEAN-NOT: {{.}}
