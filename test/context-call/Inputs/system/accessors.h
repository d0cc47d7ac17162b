// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stands for a system header: what is wrong in here is not the user's to fix.
int get_system_value(int) __in_context(uaccess);

static inline int system_helper(int n)
{
	return get_system_value(n);
}

#define GET_SYSTEM_VALUE(n) get_system_value(n)
