// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An inline function of a header that nobody calls.
static inline int unused_helper(int n)
{
	return get_value(n);
}

static inline int __uaccess unused_inside(int n)
{
	return get_value(n);
}
