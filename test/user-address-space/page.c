// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-address-space -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
struct req { unsigned int len; void __user *data; }; // expected-note {{'req.data' is declared here, with '__user'}}
#define MAX 16

// page: wrong
int wrong(unsigned long arg, void *buf)
{
	struct req __user *r = (void __user *)arg; // expected-note 2 {{'r' is declared here, with '__user'}}

	if (r->len > MAX) // expected-warning {{'r' points into user memory, which is read as if it were the kernel's; use 'get_user' [airlock-user-address-space]}}
		return -EINVAL;
	memcpy(buf, (void *)r->data, MAX); // expected-warning {{cast of 'r->data' to 'void *' drops '__user'; write '__force' in the cast if it is intended [airlock-user-address-space]}} expected-warning {{'r' points into user memory, which is read as if it were the kernel's; use 'get_user' [airlock-user-address-space]}} expected-note {{to say that it is intended, write '__force' here}}
	return 0;
}
// page: end

// page: right
int right(unsigned long arg, void *buf)
{
	struct req __user *r = (void __user *)arg;
	void __user *data;
	unsigned int len;

	if (get_user(len, &r->len) || get_user(data, &r->data))
		return -EFAULT;
	if (len > MAX)
		return -EINVAL;
	if (copy_from_user(buf, data, len))
		return -EFAULT;
	return 0;
}
// page: end
