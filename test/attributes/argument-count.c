// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A wrong number of arguments is an error in Clang's own words.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s

int missing(int) __attribute__((airlock_in_context)); // expected-error {{'airlock_in_context' attribute takes one argument}}
int none(int) __attribute__((airlock_in_context())); // expected-error {{'airlock_in_context' attribute takes one argument}}
int two(int) __attribute__((airlock_in_context("uaccess", "uaccess"))); // expected-error {{'airlock_in_context' attribute takes one argument}}
int entry(int) __attribute__((airlock_context_entry)); // expected-error {{'airlock_context_entry' attribute takes one argument}}
int sleeps(int) __attribute__((airlock_effect("sleep", "often"))); // expected-error {{'airlock_effect' attribute takes one argument}}
int promise(int) __attribute__((airlock_never)); // expected-error {{'airlock_never' attribute takes one argument}}
int safe(int) __attribute__((airlock_safe_in())); // expected-error {{'airlock_safe_in' attribute takes one argument}}
int opens(int) __attribute__((airlock_enters)); // expected-error {{'airlock_enters' attribute takes one argument}}
int closes(int) __attribute__((airlock_exits("a", "b"))); // expected-error {{'airlock_exits' attribute takes one argument}}
int opens_if(int) __attribute__((airlock_cond_enters("true"))); // expected-error {{'airlock_cond_enters' attribute requires exactly 2 arguments}}
int closes_if(int) __attribute__((airlock_cond_exits)); // expected-error {{'airlock_cond_exits' attribute requires exactly 2 arguments}}
int allow(int) __attribute__((airlock_allow("context-call"))); // expected-error {{'airlock_allow' attribute requires exactly 2 arguments}}
void checked(void *p __attribute__((airlock_prevalidated(1)))); // expected-error {{'airlock_prevalidated' attribute takes no arguments}}
