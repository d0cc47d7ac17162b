// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=context-conversion  -Xclang -verify %s
#include <airlock.h>

// page: wrong
int get_value(int __user *p) __uaccess; // expected-note {{'get_value' is declared here as needing context 'uaccess'}}
struct ops { int (*get)(int __user *p); }; // expected-note {{'ops.get' is a function pointer that carries no context 'uaccess'}}

struct ops ops = { .get = get_value }; // expected-warning {{initializing 'ops.get' with 'get_value' drops context 'uaccess'; declare 'ops.get' with '__uaccess', or cast with '__force' on purpose [airlock-context-conversion]}} expected-note {{to drop the context on purpose, write '(__force int (*)(int __user *))'}}
// page: end

// page: right
struct reader { int (*get)(int __user *p) __uaccess; };

struct reader reader = { .get = get_value };
// page: end
