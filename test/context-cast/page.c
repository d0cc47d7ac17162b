// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=context-cast  -Xclang -verify %s
#include <airlock.h>
typedef int (*plain_fn)(int __user *p);

// page: wrong
int get_value(int __user *p) __uaccess; // expected-note {{'get_value' is declared here as needing context 'uaccess'}}

plain_fn f = (plain_fn)get_value; // expected-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'; write '__force' in the cast if the crossing is intended [airlock-context-cast]}}
// page: end

// page: right
plain_fn g = (__force plain_fn)get_value;
plain_fn h = __airlock_cross(get_value);    /* the same, and the type is still checked */
// page: end
