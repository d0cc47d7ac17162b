// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>

int fetch(int value);

#define DEFINE_CALL(name) int name(int value)
DEFINE_CALL(from_a_macro)
{
	return fetch(value);
}

int plain(int value)
{
	return fetch(value);
}
