// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Applied fix-its compile, and mend: a round of them moves the findings one caller up, until there are none.
// RUN: cp %s %t.c
// RUN: %airlock_cc -Xclang -fixit %t.c 2>&1 | FileCheck %s --check-prefix=ROUND1 --implicit-check-not=warning:
// RUN: %airlock_cc -Xclang -fixit %t.c 2>&1 | FileCheck %s --check-prefix=ROUND2 --implicit-check-not=warning:
// RUN: %airlock_cc %t.c 2>&1 | FileCheck %s --check-prefix=CLEAN --allow-empty
#include <airlock.h>

int get_value(int) __uaccess;
static const char *middle(int n);

static inline int bottom(int n)
{
	return get_value(n) + get_value(n + 1);
}

static const char *middle(int n)
{
	return get_value(n) + bottom(n) ? "yes" : "no";
}

int top(int n)
{
	return *middle(n);
}

// ROUND1-DAG: warning: 'bottom' calls 'get_value'
// ROUND1-DAG: warning: 'bottom' calls 'get_value'
// ROUND1-DAG: warning: 'middle' calls 'get_value'
// ROUND2: warning: 'top' calls 'middle'
// CLEAN-NOT: {{.}}
