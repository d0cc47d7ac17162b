// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the rule's page says that it cannot see: if this changes, the page does.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

int consume(u32 n);

// It is used only if what was asked before were otherwise: values of other variables rule nothing out here.
int on_no_way(u32 __user *p, int all)
{
	u32 n, m;

	if (all)
		return 0;
	if (get_user(n, p) || n > 8)
		return -EFAULT;
	get_user(m, p); // expected-warning {{'get_user' fetches again what 'get_user' has fetched}}
	if (all)
		consume(m);
	return 0;
}
