// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A suppression on a statement covers the macros that the statement expands, and no more than that.
// RUN: %airlock_cc -fplugin-arg-airlock-model=vhost -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

#define vhost_get_user(x) ((x) + 1)

int allowed(int n)
{
	__airlock_allow("context-call", "an expression")
	n += vhost_get_user(n);
	__airlock_allow("context-call", "a return")
	return vhost_get_user(n);
}

int nested(int n)
{
	if (n)
		__airlock_allow("context-call", "only this arm")
		n += vhost_get_user(n);
	else
		n += vhost_get_user(n); // expected-warning {{'nested' expands 'vhost_get_user'}}
	if (n) __airlock_allow("context-call", "at the end of the if") return vhost_get_user(n);
	return n;
}

unsigned long unevaluated(int n)
{
	return sizeof vhost_get_user(n) + sizeof(vhost_get_user(n));
}
