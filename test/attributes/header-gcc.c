// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// GCC compiles a user of the header without a word.
// RUN: gcc -fsyntax-only -std=gnu11 -Wall -Wextra -Wundef -Werror -I %src/annotations/include %s
// RUN: gcc -fsyntax-only -std=c11 -Wall -Wextra -Wpedantic -Werror -I %src/annotations/include %s
// RUN: gcc -fsyntax-only -std=gnu17 -Wall -Wextra -Werror -I %src/annotations/include %s
// RUN: gcc -fsyntax-only -std=gnu2x -Wall -Wextra -Werror -I %src/annotations/include %s
#include "Inputs/every-macro.h"
