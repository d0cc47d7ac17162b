// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A function that a macro writes, as DEFINE_FREE() and SYSCALL_DEFINE() do: what its arguments expand counts.
// RUN: %airlock_cc -fplugin-arg-airlock-model=vhost -Xclang -verify -Xclang -verify-ignore-unexpected=note %s

#define vhost_get_user(p) (*(p))
#define DEFINE_GETTER(name, expr) int name(int *p) { int x; expr; return x; }

DEFINE_GETTER(foo, x = vhost_get_user(p)) // expected-warning {{'foo' expands 'vhost_get_user'}}
DEFINE_GETTER(bar, x = *p)
