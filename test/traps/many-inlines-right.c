// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the unit does not use is not its business, and a sleeping inline function is fine where one may sleep.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "many-inlines.h"

static spinlock_t lock;

void uses(void)
{
	spin_lock(&lock);
	spin_unlock(&lock);
	waits();
}
