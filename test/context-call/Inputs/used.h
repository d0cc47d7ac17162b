// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Inline functions of a header, one inside the other, that the including file calls.
static inline int inner(int n)
{
	return get_value(n); // expected-warning {{'inner' calls 'get_value', which needs context 'uaccess'}}
}

static inline int middle(int n)
{
	return inner(n);
}

static inline int __uaccess inner_inside(int n)
{
	return get_value(n);
}
