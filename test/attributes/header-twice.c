// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The header may be included again, and leaves the code base's own __force and __user alone.
// RUN: %airlock_cc -Wall -Wextra -Werror -Xclang -verify %s
// RUN: %clang -fsyntax-only -Wall -Wextra -Werror -I %src/annotations/include -Xclang -verify %s
// expected-no-diagnostics
#define __force const
#define __user volatile
#include <airlock.h>
#include <airlock.h>

_Static_assert(_Generic((int __force *)0, const int *: 1, default: 0), "");
_Static_assert(_Generic((int __user *)0, volatile int *: 1, default: 0), "");
