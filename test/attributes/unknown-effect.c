// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An effect, or a region to be safe in, that no model defines is an error: a promise of nothing would be kept by all.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: not %airlock_cc -fplugin-arg-airlock-model=qemu %s 2>&1 | FileCheck %s
#include <airlock.h>

int __never(slep) misspelt(void); // expected-error {{unknown effect 'slep'; did you mean 'sleep'?}}
int __effect(frobnicates) nowhere(void); // expected-error {{unknown effect 'frobnicates'; no loaded model defines it}}
int __safe_in(uacess) unsafe(void); // expected-error {{unknown region 'uacess'; did you mean 'uaccess'?}}

// What the short words stand for is to be found in a model, too.
int __no_sleep promises(void);
// CHECK: [[@LINE-1]]:{{[0-9]+}}: error: unknown effect 'sleep'; no loaded model defines it
int __uaccess_safe safe(void);
// CHECK: [[@LINE-1]]:{{[0-9]+}}: error: unknown region 'uaccess'; no loaded model defines it
