// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The annotations of functions, and of pointers, on other things: ignored, with a warning that says where they belong.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int __context_entry(uaccess) entry_variable; // expected-warning {{'airlock_context_entry' attribute only applies to functions}}
int (*entry_pointer)(int) __context_entry(uaccess); // expected-warning {{'airlock_context_entry' attribute only applies to functions}}
int __may_sleep sleeping_number; // expected-warning {{'airlock_effect' attribute only applies to functions}}
int __no_sleep sleepless_number; // expected-warning {{'airlock_never' attribute only applies to functions}}
int __uaccess_safe safe_number; // expected-warning {{'airlock_safe_in' attribute only applies to functions}}
int __enters(uaccess) opening_number; // expected-warning {{'airlock_enters' attribute only applies to functions}}
int __exits(uaccess) closing_number; // expected-warning {{'airlock_exits' attribute only applies to functions}}
int __cond_enters(true, uaccess) opening_if; // expected-warning {{'airlock_cond_enters' attribute only applies to functions}}
int __cond_exits(true, uaccess) closing_if; // expected-warning {{'airlock_cond_exits' attribute only applies to functions}}
int __prevalidated checked_function(void); // expected-warning {{'airlock_prevalidated' attribute only applies to}}
void checked_number(int n __prevalidated); // expected-warning {{'airlock_prevalidated' attribute only applies to}}
struct s {
	int __prevalidated number; // expected-warning {{'airlock_prevalidated' attribute only applies to}}
	void *__prevalidated good;
};
