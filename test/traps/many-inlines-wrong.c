// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An inline function of a header counts where it is used: through others, and in its own right.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify=used -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify=used -Xclang -verify-ignore-unexpected=note %s
#include "many-inlines.h"

static spinlock_t lock;

void uses(void)
{
	used_by_that();
	spin_lock(&lock);
	waits(); // used-warning {{'uses' calls 'waits', which may sleep, while}}
	spin_unlock(&lock);
}
