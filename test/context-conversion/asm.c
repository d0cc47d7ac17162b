// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An operand of asm leaves the sight of the compiler, and the context with it.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;

int get_value(int) __uaccess;
int plain(int);
int (*plain_slot)(int);

void operands(uaccess_fn slot)
{
	asm volatile("" : : "r"(get_value)); // expected-warning {{using 'get_value' as an operand of asm drops context 'uaccess'}}
	asm volatile("" : : "i"(get_value)); // expected-warning {{using 'get_value' as an operand of asm drops context 'uaccess'}}
	asm volatile("" : : "r"(slot)); // expected-warning {{using 'slot' as an operand of asm drops context 'uaccess'}}
	asm volatile("" : : "r"(1), [f] "r"(slot)); // expected-warning {{using 'slot' as an operand of asm drops}}
	asm goto("" : : "r"(slot) : : out); // expected-warning {{using 'slot' as an operand of asm drops}}
out:
	return;
}

void clean(uaccess_fn slot)
{
	asm volatile("" : : "r"(plain));
	asm volatile("" : : "r"(plain_slot));
	asm volatile("" : "=r"(slot));
	asm volatile("" : : "r"(&slot));
	asm volatile("" : : "r"((__force void *)slot));
	asm volatile("" : : "r"(slot != 0));
}
