// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
int part(int n)
{
	return get_value(n); // expected-warning {{'part' calls 'get_value'}}
}
