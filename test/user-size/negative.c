// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Less than nothing: a lookup that fails.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

// A lookup that fails.
static int size_of_version(u32 version)
{
	switch (version) {
	case 1:
		return 16;
	case 2:
		return 24;
	default:
		return -EINVAL;
	}
}

void *copied(u32 version, void __user *from)
{
	int size = size_of_version(version); // expected-note {{'size_of_version' is called here, and what it returns is not compared}}
	void *to = memdup_user(from, size); // expected-warning {{the size of 'memdup_user' comes from 'size_of_version', which may return a negative error; look for one first}}

	return to;
}

int copied_directly(u32 version, void *to, void __user *from)
{
	return copy_from_user(to, from, size_of_version(version)) ? -EFAULT : 0; // expected-warning {{the size of 'copy_from_user' comes from 'size_of_version', which may return a negative error}} expected-note {{'size_of_version' is called here, and what it returns is not compared}}
}

int copied_with_a_header(u32 version, void *to, void __user *from)
{
	long n = size_of_version(version); // expected-note {{'size_of_version' is called here, and what it returns is not compared}}

	return copy_from_user(to, from, n + 8) ? -EFAULT : 0; // expected-warning {{which may return a negative error}}
}
