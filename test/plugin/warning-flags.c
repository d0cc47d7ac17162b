// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The compiler's own flags for warnings reach findings, the last word of them as ever.
// DEFINE: %{flags} =
// DEFINE: %{cc} = %airlock_cc -Wno-unknown-warning-option %{flags} %s
// RUN: %{cc} 2>&1 | FileCheck %s --check-prefixes=CALL,CAST
// REDEFINE: %{flags} = -Wno-airlock-context-call
// RUN: %{cc} 2>&1 | FileCheck %s --check-prefix=CAST --implicit-check-not=airlock-context-call
// REDEFINE: %{flags} = -Wno-airlock
// RUN: %{cc} 2>&1 | count 0
// REDEFINE: %{flags} = -w
// RUN: %{cc} 2>&1 | FileCheck %s --check-prefixes=CALL,CAST
// REDEFINE: %{flags} = -Wno-airlock -Wairlock-context-cast
// RUN: %{cc} 2>&1 | FileCheck %s --check-prefix=CAST --implicit-check-not=airlock-context-call
// REDEFINE: %{flags} = -Werror
// RUN: not %{cc} 2>&1 | FileCheck %s --check-prefix=ERRORS --implicit-check-not=warning:
// REDEFINE: %{flags} = -Werror -Wno-error=airlock
// RUN: %{cc} 2>&1 | FileCheck %s --check-prefixes=CALL,CAST
// REDEFINE: %{flags} = -Werror=airlock-context-call
// RUN: not %{cc} 2>&1 | FileCheck %s --check-prefixes=ERROR,CAST
// REDEFINE: %{flags} = -Werror -Wno-error=airlock-context-call -Wno-airlock-context-cast
// RUN: %{cc} 2>&1 | FileCheck %s --check-prefix=CALL --implicit-check-not=airlock-context-cast
// Advice is no warning: -Werror makes no error of it, and a rule's name silences it.
// REDEFINE: %{flags} = -Werror -fplugin-arg-airlock-advice
// RUN: not %{cc} 2>&1 | FileCheck %s --check-prefixes=ERRORS,ADVICE
// REDEFINE: %{flags} = -Wno-airlock -fplugin-arg-airlock-advice
// RUN: %{cc} 2>&1 | count 0
// What Clang says itself of a name that it does not know.
// RUN: %airlock_cc -Wno-airlock-context-call %s 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: warning: unknown warning option '-Wno-airlock-context-call'
// UNKNOWN-NOT: [airlock-context-call]
#include <airlock.h>

int get_value(int) __uaccess;

int outside(int n)
{
	return get_value(n);
	// CALL: warning: {{.*}} [airlock-context-call]
	// ERROR: error: {{.*}} [airlock-context-call]
	// ERRORS: error: {{.*}} [airlock-context-call]
}

int (*plain(void))(int)
{
	return (int (*)(int))get_value;
	// CAST: warning: {{.*}} [airlock-context-cast]
	// ERRORS: error: {{.*}} [airlock-context-cast]
}

void useless(void (*plain)(void))
{
	(void)(__force void (*)(void))plain;
	// ADVICE: remark: {{.*}} [airlock-context-cast]
}
