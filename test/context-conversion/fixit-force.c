// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A cast is offered only where it compiles and means what it says: in front of what binds as tightly as a name, or at an
// arm of a `?:`.
// RUN: %airlock_cc -fdiagnostics-parseable-fixits %s 2>&1 | grep 'fix-it.*(__force' | FileCheck %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

int get_value(int) __uaccess;
uaccess_fn uslot;
plain_fn list[] = { get_value };

void f(uaccess_fn *pp, plain_fn p, int n)
{
	p = uslot;
	p = &get_value;
	p = *pp;
	p = uslot = get_value;
	p = n ? uslot : 0;
	p = __atomic_load_n(&uslot, 0);
}
// CHECK: {12:21-12:21}:"(__force plain_fn)"
// CHECK-NEXT: {16:6-16:6}:"(__force plain_fn)"
// CHECK-NEXT: {17:6-17:6}:"(__force plain_fn)"
// CHECK-NEXT: {18:6-18:6}:"(__force plain_fn)"
// CHECK-NEXT: {20:10-20:10}:"(__force plain_fn)"
// CHECK-NOT: fix-it
