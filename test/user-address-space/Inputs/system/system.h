// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
static inline int system_used(int __user *p)
{
	return *p;
}
