// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Clang without the plugin compiles a user of the header without a word.
// RUN: %clang -fsyntax-only -std=gnu11 -Wall -Wextra -Wundef -Wunknown-attributes -Werror -I %src/annotations/include %s
// RUN: %clang -fsyntax-only -std=c11 -Wall -Wextra -Wpedantic -Werror -I %src/annotations/include %s
// RUN: %clang -fsyntax-only -std=gnu17 -Wall -Wextra -Werror -I %src/annotations/include %s
// RUN: %clang -fsyntax-only -std=c23 -Wall -Wextra -Werror -I %src/annotations/include %s
#include "Inputs/every-macro.h"
