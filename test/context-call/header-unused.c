// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An inline function of a header that nothing in the unit uses is left to the units that do: a kernel header brings thousands.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

// expected-no-diagnostics
int get_value(int) __uaccess;
#include "Inputs/unused.h"
