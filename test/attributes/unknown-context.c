// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A context that no model defines is an error, on every kind of declaration.
// RUN: %airlock_cc -Xclang -verify %s
#include <airlock.h>

int function(int) __in_context(nowhere); // expected-error {{unknown context 'nowhere'}}
int entry(int) __context_entry(elsewhere); // expected-error {{unknown context 'elsewhere'}}
int (*variable)(int) __in_context(nowhere); // expected-error {{unknown context 'nowhere'}}
typedef int accessor(int) __in_context(Uaccess); // expected-error {{unknown context 'Uaccess'}}
void parameter(int (*cb)(int) __in_context(nowhere)); // expected-error {{unknown context 'nowhere'}}
struct ops {
	int (*field)(int) __in_context(nowhere); // expected-error {{unknown context 'nowhere'}}
	int (*known)(int) __in_context(uaccess);
};
int empty(int) __attribute__((airlock_in_context(""))); // expected-error {{unknown context ''}}
int known(int) __in_context(uaccess);
