// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A redeclaration can be allowed like anything else.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>
// expected-no-diagnostics

int late(int);
int __uaccess user(int n) { return late(n); }
__airlock_allow("context-conversion", "the header is frozen") int late(int) __uaccess;
