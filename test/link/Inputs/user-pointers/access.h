// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kernel-api.h"

struct header { u32 size, command; };
int read_value(int __user *p);
int handle(struct header __user *p, void *to);
void run(u32 command, size_t size);
