// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>

int fetch(int value);

#include "outside.h"
DEFINE_CALL(from_a_macro)
{
	return fetch(value);
}

int plain(int value)
{
	return fetch(value);
}
