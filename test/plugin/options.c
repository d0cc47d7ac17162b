// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which findings are shown, and as what.
// RUN: %airlock_cc %s 2>&1 | FileCheck %s --check-prefixes=CALL,CAST,NOERROR
// RUN: %airlock_cc -fplugin-arg-airlock-only=context-call %s 2>&1 | FileCheck %s --check-prefixes=CALL,NOCAST
// RUN: %airlock_cc -fplugin-arg-airlock-disable=context-call,context-conversion %s 2>&1 | FileCheck %s --check-prefixes=NOCALL,CAST
// RUN: not %airlock_cc -fplugin-arg-airlock-werror %s 2>&1 | FileCheck %s --check-prefix=ERROR
// RUN: rm -rf %t.elsewhere && mkdir %t.elsewhere && %airlock_cc -fplugin-arg-airlock-scope=%t.elsewhere/ %s 2>&1 | count 0
// RUN: %airlock_cc -fplugin-arg-airlock-root=%S -fplugin-arg-airlock-scope=%S/options.c %s 2>&1 | FileCheck %s --check-prefixes=CALL,CAST
// A scope is a path, however it is written, not the beginning of a name.
// RUN: cd %S && %airlock_cc -fplugin-arg-airlock-scope=./../plugin %s 2>&1 | FileCheck %s --check-prefixes=CALL,CAST
// RUN: rm -rf %t && mkdir -p %t/opt && cp %s %t && cd %t && %airlock_cc -fplugin-arg-airlock-root=%t -fplugin-arg-airlock-scope=opt options.c 2>&1 | count 0
// RUN: cp %airlock_so %t.so
// RUN: cd / && %clang -fplugin=%t.so -fplugin-arg-airlock-model=vhost -fsyntax-only -I %src/annotations/include %s 2>&1 | FileCheck %s --check-prefixes=CALL,CAST
#include <airlock.h>

int get_value(int) __uaccess;

// CALL: warning: 'outside' calls 'get_value'
// NOCALL-NOT: 'outside' calls
// ERROR: error: 'outside' calls 'get_value', {{.*}} [airlock-context-call]
int outside(int n)
{
	return get_value(n);
}

// CAST: warning: cast of 'get_value' to 'void *' drops context 'uaccess'
// NOCAST-NOT: cast of 'get_value'
// ERROR: error: cast of 'get_value'
void *cast(void)
{
	return (void *)get_value;
}
// NOERROR-NOT: error:
