// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions of headers: one that the unit uses is read, once; one that it does not use is another unit's business, and
// one of a system header is nobody's here.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -I %S/Inputs -isystem %S/Inputs/system -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "inlines.h"
#include <system.h>

int first(int __user *p) { return used(p) + system_used(p); }
int second(int __user *p) { return used(p); }
// expected-warning@inlines.h:5 {{'p' points into user memory}}
