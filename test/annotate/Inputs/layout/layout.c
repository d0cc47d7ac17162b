// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout.h"
#ifdef NEVER
#include "never.h"
#endif

int fetch(int value);

int in_a_header(int first_of_the_parameters, int second_of_the_parameters, int third_of_these)
{
	return fetch(first_of_the_parameters + second_of_the_parameters + third_of_these);
}

static int __attribute__((noinline))
on_two_lines(int value)
{
	return fetch(value);
}

	static	int	with_tabs(int first_of_the_parameters, int second_of_the_parameters)
{
	return fetch(first_of_the_parameters - second_of_the_parameters);
}

int short_one(int value) { return on_two_lines(value) + with_tabs(value, __LINE__); }

int enter(int value)
{
	return short_one(value) + in_a_header(value, 1, 2);
}
