// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The notes: where the region was opened, then what makes the callee unsafe, call by call.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess %s 2>&1 | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
#include "Inputs/uaccess.h"

static int not_inline(int n)
{
	return n;
}

static inline int bottom(int n)
{
	return plain(n);
}

static inline int middle(int n)
{
	return bottom(n + 1);
}

static inline int calls_not_inline(int n)
{
	return not_inline(n);
}

void direct(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	plain(value);
	user_access_end();
}
// CHECK: notes.c:[[#@LINE-3]]:2: warning: 'direct' calls 'plain' while a user access region is open; 'plain' is neither '__uaccess_safe' nor shown safe by its body [airlock-call-in-uaccess]
// CHECK: notes.c:[[#@LINE-6]]:{{[0-9]+}}: note: 'direct' calls 'user_access_begin' here; from here on a user access region is open

void chain(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	middle(value);
	user_access_end();
}
// CHECK: notes.c:[[#@LINE-3]]:2: warning: 'chain' calls 'middle' while a user access region is open; 'middle' is neither '__uaccess_safe' nor shown safe by its body
// CHECK: notes.c:[[#@LINE-6]]:{{[0-9]+}}: note: 'chain' calls 'user_access_begin' here
// CHECK: notes.c:[[#@LINE-27]]:9: note: 'middle' calls 'bottom' here
// CHECK: notes.c:[[#@LINE-33]]:9: note: 'bottom' calls 'plain' here
// CHECK: note: 'plain' has no definition in this translation unit

void ends_in_a_static_function(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return;
	calls_not_inline(value);
	user_access_end();
}
// CHECK: notes.c:[[#@LINE-3]]:2: warning: 'ends_in_a_static_function' calls 'calls_not_inline'
// CHECK: notes.c:[[#@LINE-34]]:9: note: 'calls_not_inline' calls 'not_inline' here
// CHECK: note: 'not_inline' is not inline

// CHECK: 3 warnings generated.
