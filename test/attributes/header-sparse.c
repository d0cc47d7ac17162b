// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sparse checks a user of the header without a word, also where __force and __user are its own attributes.
// REQUIRES: sparse
// RUN: sparse -Wall -Wno-decl -Wsparse-error -I %src/annotations/include %s > %t.plain 2>&1
// RUN: not grep . %t.plain
// RUN: sparse -Wall -Wno-decl -Wsparse-error "-D__force=__attribute__((force))" "-D__user=__attribute__((noderef, address_space(__user)))" -I %src/annotations/include %s > %t.kernel 2>&1
// RUN: not grep . %t.kernel
#include "Inputs/every-macro.h"
