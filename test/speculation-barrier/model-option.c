// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where the check is a barrier, no opener needs one, and accessors that bring their own pay twice.
// RUN: echo '{"airlock_model": 1, "name": "nospec", "extends": ["linux"], "functions": {"access_ok": {"barrier": true}}}' > %t.json
// RUN: %airlock_cc -fplugin-arg-airlock-model=%t.json -fplugin-arg-airlock-only=speculation-barrier -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

int opened(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	__uaccess_begin();
	unsafe_get_user(x, p, fault);
	__uaccess_end();
	return x;
fault:
	__uaccess_end();
	return -EFAULT;
}

int read_once(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	return __get_user(x, p) ?: x; // expected-remark {{'__get_user' pays for a speculation barrier again}}
}
