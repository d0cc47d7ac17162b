// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>

int fetch(int value);

#define DEFINE_FETCH(size)                                                                         \
	static int fetch_##size(int value)                                                         \
	{                                                                                          \
		return fetch(value + size);                                                        \
	}

DEFINE_FETCH(8)
DEFINE_FETCH(16)

int enter(int value)
{
	return fetch_8(value) + fetch_16(value);
}
