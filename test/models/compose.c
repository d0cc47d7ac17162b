// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Models add up, in either order, and two that say the same of a function say nothing.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/first.json -fplugin-arg-airlock-model=%S/Inputs/agrees.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/agrees.json -fplugin-arg-airlock-model=%S/Inputs/first.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// The same model twice is the same model.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-model=%S/Inputs/first.json -fplugin-arg-airlock-model=%S/Inputs/agrees.json -fplugin-arg-airlock-model=%S/Inputs/agrees.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s

int get_value(int);
int get_other(int);
int get_more(int);

int outside(int n)
{
	get_value(n); // expected-warning {{'outside' calls 'get_value', which needs context 'uaccess'}}
	get_other(n); // expected-warning {{'outside' calls 'get_other', which needs context 'uaccess'}}
	return get_more(n); // expected-warning {{'outside' calls 'get_more', which needs context 'uaccess'}}
}
