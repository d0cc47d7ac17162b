// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A region that no model defines is an error, in each attribute that names one; a near miss is told the right name.
// RUN: %airlock_cc -Xclang -verify %s
#include <airlock.h>

void opens(void) __enters(nowhere); // expected-error {{unknown region 'nowhere'; no loaded model defines it}}
void closes(void) __exits(elsewhere); // expected-error {{unknown region 'elsewhere'; no loaded model defines it}}
int opens_if(void) __cond_enters(true, nowhere); // expected-error {{unknown region 'nowhere'; no loaded model defines it}}
int closes_if(void) __cond_exits(false, nowhere); // expected-error {{unknown region 'nowhere'; no loaded model defines it}}
void near(void) __enters(uacess); // expected-error {{unknown region 'uacess'; did you mean 'uaccess'?}}
void other_case(void) __exits(Spinlock); // expected-error {{unknown region 'Spinlock'; did you mean 'spinlock'?}}
// An effect of that name is no region.
void effect(void) __enters(sleep); // expected-error {{unknown region 'sleep'; no loaded model defines it}}
// A wrong condition is reported alone.
int both(void) __cond_enters(maybe, nowhere); // expected-error {{the value of 'airlock_cond_enters' is 'true' or 'false', not 'maybe'}}
void empty(void) __attribute__((airlock_enters(""))); // expected-error {{unknown region ''}}

void known(void) __enters(uaccess) __exits(spinlock);
int known_if(void) __cond_enters(true, rcu) __cond_exits(false, rcu);
