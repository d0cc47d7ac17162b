// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where unsafe_get_user() jumps to, the region is still open: the label has to close it.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct pair { int a, b; };

int forgets(int __user *at)
{
	int value;

	if (!user_read_access_begin(at, sizeof(*at)))
		return -EFAULT;
	unsafe_get_user(value, at, fault);
	user_read_access_end();
	return value;
fault:
	return -EFAULT; // expected-warning {{'forgets' returns while a user access region is open}}
}

// The second access reaches the label with the region open, too, and what is there may not call out.
int calls_there(struct pair __user *at, struct pair *to)
{
	if (!user_read_access_begin(at, sizeof(*at)))
		return -EFAULT;
	unsafe_get_user(to->a, &at->a, fault);
	unsafe_get_user(to->b, &at->b, fault);
	user_read_access_end();
	return 0;
fault:
	printk("bad address\n"); // expected-warning {{'calls_there' calls 'printk' while a user access region is open; 'printk' is neither '__uaccess_safe' nor shown safe by its body}}
	user_read_access_end();
	return -EFAULT;
}

// Comes to the label once with the region open and once without.
int both(int __user *at)
{
	int error = -EFAULT;

	if (!user_write_access_begin(at, sizeof(*at)))
		goto fault;
	unsafe_put_user(1, at, fault);
	error = 0;
	user_write_access_end();
fault:
	return error; // expected-warning {{'both' returns while a user access region is open, but not on every path}}
}
