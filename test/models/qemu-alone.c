// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A model that is given replaces the default one: with qemu alone there is no context uaccess, with both there are two.
// RUN: not %airlock_cc -fplugin-arg-airlock-model=qemu %s 2>&1 | FileCheck %s --check-prefix=QEMU --implicit-check-not=warning:
// RUN: %airlock_cc -fplugin-arg-airlock-model=qemu -fplugin-arg-airlock-model=linux %s 2>&1 | FileCheck %s --check-prefix=BOTH --implicit-check-not=error:
// RUN: not %airlock_cc -fplugin-arg-airlock-model=linux -DCOROUTINE %s 2>&1 | FileCheck %s --check-prefix=LINUX --implicit-check-not=warning:
#include <airlock.h>

#ifndef COROUTINE
int get_value(int) __uaccess;
// QEMU: qemu-alone.c:[[#@LINE-1]]:{{[0-9]+}}: error: unknown context 'uaccess'
#else
int get_value(int) __in_context(coroutine);
// LINUX: qemu-alone.c:[[#@LINE-1]]:{{[0-9]+}}: error: unknown context 'coroutine'
#endif

int outside(int n)
{
	return get_value(n);
}
// BOTH: warning: 'outside' calls 'get_value', which needs context 'uaccess'
