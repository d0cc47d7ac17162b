// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a parameter is none of in the default of a switch, and what the rounds of a loop say of it.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;

static void by_default(int kind)
{
	switch (kind) {
	case 0:
	case 1:
		break;
	case 2:
		return;
	case -1:
		break;
	default:
		msleep(1);
	}
}

static void unless_one_of(int kind)
{
	if (kind != 3 && kind != 4 && kind != 7)
		msleep(1);
}

static void in_a_case(int kind)
{
	switch (kind) {
	case 1:
	case 5:
		msleep(1);
		break;
	default:
		break;
	}
}

void chosen(int kind)
{
	spin_lock(&lock);
	by_default(0);
	by_default(1);
	by_default(2);
	by_default(-1);
	by_default(3); // expected-warning {{'chosen' calls 'by_default', which may sleep, while}}
	by_default(-2); // expected-warning {{'chosen' calls 'by_default', which may sleep, while}}
	unless_one_of(3);
	unless_one_of(4);
	unless_one_of(7);
	unless_one_of(5); // expected-warning {{'chosen' calls 'unless_one_of', which may sleep, while}}
	in_a_case(1); // expected-warning {{'chosen' calls 'in_a_case', which may sleep, while}}
	in_a_case(5); // expected-warning {{'chosen' calls 'in_a_case', which may sleep, while}}
	spin_unlock(&lock);
}

// What the caller has ruled out by itself.
void ruled_out(int kind)
{
	spin_lock(&lock);
	switch (kind) {
	case 2:
		by_default(kind);
		break;
	case 3:
		by_default(kind); // expected-warning {{'ruled_out' calls 'by_default', which may sleep, while}}
		break;
	}
	spin_unlock(&lock);
}

static void rounds(int n)
{
	int i;

	for (i = 0; i < n; i++)
		msleep(1);
}

static void rounds_from(int i, int n)
{
	for (; n > i; ++i)
		msleep(1);
}

static void at_least_one(int n)
{
	int i = 0;

	do {
		msleep(1);
		i++;
	} while (i < n);
}

static void counted_down(int n)
{
	int i;

	for (i = 3; i < n; i--)
		msleep(1);
}

void none_or_some(void)
{
	spin_lock(&lock);
	rounds(0);
	rounds(1); // expected-warning {{'none_or_some' calls 'rounds', which may sleep, while}}
	rounds_from(-2, 0); // expected-warning {{'none_or_some' calls 'rounds_from', which may sleep, while}}
	at_least_one(0); // expected-warning {{'none_or_some' calls 'at_least_one', which may sleep, while}}
	counted_down(4); // expected-warning {{'none_or_some' calls 'counted_down', which may sleep, while}}
	spin_unlock(&lock);
}
