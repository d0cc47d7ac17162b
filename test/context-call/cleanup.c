// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __attribute__((cleanup(f))) calls f at the end of the scope: a call, reported once, at the variable.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

void unpin(int *) __uaccess;
void release(int *);

#define guarded(name) int name __attribute__((cleanup(unpin))) = 0

int one_exit(void)
{
	int page __attribute__((cleanup(unpin))) = 0; // expected-warning {{'one_exit' calls 'unpin', which needs context 'uaccess'}}

	return page;
}

int many_exits(int n)
{
	while (n--) {
		int page __attribute__((cleanup(unpin))) = n; // expected-warning {{'many_exits' calls 'unpin'}}

		if (page > 3)
			break;
		if (page > 2)
			continue;
		if (page > 1)
			return page;
	}
	return 0;
}

int from_macro(void)
{
	guarded(page); // expected-warning {{'from_macro' calls 'unpin'}}

	return page;
}

int plain_cleanup(void)
{
	int page __attribute__((cleanup(release))) = 0;

	return page;
}

int __uaccess inside(void)
{
	int page __attribute__((cleanup(unpin))) = 0;

	return page;
}
