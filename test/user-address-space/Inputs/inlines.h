// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>
static inline int used(int __user *p)
{
	return *p;
}
static inline int unused(int __user *p)
{
	return *p;
}
