// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The finding is at the opening parenthesis of the cast; a note leads to the declaration with the qualifier.
// RUN: %airlock_cc %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
#include <airlock.h>

typedef int (*plain_fn)(int);

int get_value(int) __uaccess;

plain_fn cast(void)
{
	plain_fn p =
		(plain_fn)
			get_value;

	return p;
}
// CHECK: position.c:[[#@LINE-5]]:3: warning: cast of 'get_value' to 'plain_fn' drops context 'uaccess'; write '__force' in the cast if the crossing is intended [airlock-context-cast]
// CHECK: position.c:[[#@LINE-11]]:{{[0-9]+}}: note: {{.*}}'get_value'{{.*}}declared here
// CHECK: 1 warning generated
