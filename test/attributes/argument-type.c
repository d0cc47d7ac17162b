// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An argument that is not a string is an error in Clang's own words.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s

int number(int) __attribute__((airlock_in_context(1))); // expected-error {{'airlock_in_context' attribute requires a string}}
int identifier(int) __attribute__((airlock_in_context(uaccess))); // expected-error {{'airlock_in_context' attribute requires a string}}
int entry(int) __attribute__((airlock_context_entry(1))); // expected-error {{'airlock_context_entry' attribute requires a string}}
int region(int) __attribute__((airlock_enters(1))); // expected-error {{'airlock_enters' attribute requires a string}}
int allow(int) __attribute__((airlock_allow("context-call", 1))); // expected-error {{'airlock_allow' attribute requires a string}}
int good(int) __attribute__((airlock_in_context("uaccess")));
int good_underscores(int) __attribute__((__airlock_in_context__("uaccess")));
