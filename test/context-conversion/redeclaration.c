// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// After a function was used, its declarations may no longer change their mind.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int dropped(int) __uaccess;
int __uaccess uses_dropped(int n)
{
	return dropped(n);
}
int dropped(int); // expected-warning {{redeclaration of 'dropped' drops context 'uaccess' after its first use}}

int added(int);
int __uaccess uses_added(int n)
{
	return added(n);
}
int added(int) __uaccess; // expected-warning {{redeclaration of 'added' adds context 'uaccess' after its first use}}

int added_by_definition(int);
int __uaccess uses_added_by_definition(int n)
{
	return added_by_definition(n);
}
int __uaccess added_by_definition(int n) // expected-warning {{redeclaration of 'added_by_definition' adds context 'uaccess' after its first use}}
{
	return n;
}

// The address taken is a use like a call.
int address_taken(int);
int (*slot)(int) __uaccess = address_taken;
int address_taken(int) __uaccess; // expected-warning {{redeclaration of 'address_taken' adds context 'uaccess' after its first use}}

// The first declaration that differs is the one to mend; a repetition of either form is not another finding.
int repeated(int) __uaccess;
int repeated(int) __uaccess;
int __uaccess uses_repeated(int n)
{
	return repeated(n);
}
int repeated(int) __uaccess;
int repeated(int); // expected-warning {{redeclaration of 'repeated' drops context 'uaccess' after its first use}}
