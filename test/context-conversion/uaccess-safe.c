// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A pointer that may be called in an open user access region takes only functions that may.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int plain(int);
int safe(int) __uaccess_safe;

struct codec {
	int (*encode)(int) __uaccess_safe;
	int (*decode)(int);
};

struct codec designated = {
	.encode = plain, // expected-warning {{'codec.encode' promises to be safe while a user access region is open, which 'plain' does not [airlock-context-conversion]}}
	.decode = plain,
};
struct codec right = {
	.encode = safe,
	.decode = safe,
};

void assign(struct codec *to, struct codec *from)
{
	to->encode = plain; // expected-warning {{'codec.encode' promises to be safe while}}
	to->encode = safe;
	to->encode = 0;
	to->encode = from->encode;
	to->encode = from->decode; // expected-warning {{'codec.encode' promises to be safe while a user access region is open, which 'codec.decode' does not}}
	to->encode = (int (*)(int) __force)plain;
	if (to->encode != plain)
		to->decode = to->encode;
}
