// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Checks, and decides nothing before.
#include "access.h"

int careful(int __user *p) { return access_ok(p, sizeof(*p)) ? read_value(p) : -EFAULT; }
int once(struct header __user *p, void *to) { return handle(p, to); }
