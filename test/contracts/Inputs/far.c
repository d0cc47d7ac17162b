// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel-api.h"
#include "airlock.h"
static struct mutex other;
void far_each(void (*fn)(void)) { fn(); }
__may_sleep void far_declared(void) {}
/* It locks what nobody else does: there, that is judged. */
__no_sleep __airlock_allow("sleep-in-region", "nobody else has it") void far_promised(void) { mutex_lock(&other); }
