// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=context-call  -Xclang -verify %s
#include <airlock.h>

// page: wrong
int get_value(int __user *p) __uaccess; // expected-note {{'get_value' has no definition in this translation unit}} expected-note {{'get_value' is declared here as needing context 'uaccess'}}

int show(int __user *p)
{
	return get_value(p); // expected-warning {{'show' calls 'get_value', which needs context 'uaccess', but is not in that context itself; annotate 'show' with '__uaccess' [airlock-context-call]}} expected-note {{'show' calls 'get_value' here}}
}
// page: end

// page: right
int __uaccess show_in_region(int __user *p)
{
	return get_value(p);
}
// page: end
