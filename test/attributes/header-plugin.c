// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// With the plugin the same user of the header compiles without a word, too.
// RUN: %airlock_cc -std=gnu11 -Wall -Wextra -Wundef -Wunknown-attributes -Werror -Xclang -verify %s
// RUN: %airlock_cc -std=c11 -Wall -Wextra -Wpedantic -Werror -Xclang -verify %s
// RUN: %airlock_cc -std=gnu17 -Wall -Wextra -Werror -Xclang -verify %s
// RUN: %airlock_cc -std=c23 -Wall -Wextra -Werror -Xclang -verify %s
// expected-no-diagnostics
#include "Inputs/every-macro.h"
