// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the rule's page says that it cannot see: if this changes, the page does.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

int consume(u32 n);
int more(void);

// The second copy is compared with a limit, in what a do-while begins with: it is taken for the loop's own condition.
int leaves_the_loop(u32 __user *p)
{
	u32 n, m;

	if (get_user(n, p) || n > 8)
		return -EFAULT;
	do {
		get_user(m, p); // expected-warning {{'get_user' fetches again what 'get_user' has fetched}}
		if (m > 8)
			return -EINVAL;
		consume(m);
	} while (more());
	return 0;
}
