// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A call is found wherever an expression may stand in a function.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int get_value(int) __uaccess;
int plain(int);
struct pair { int a, b; };

int sites(int n)
{
	int local = get_value(n); // expected-warning {{'sites' calls 'get_value'}}
	int list[] = { 1, get_value(n) }; // expected-warning {{'sites' calls 'get_value'}}
	struct pair p = { .b = get_value(n) }; // expected-warning {{'sites' calls 'get_value'}}
	int vla[get_value(n)]; // expected-warning {{'sites' calls 'get_value'}}

	vla[0] = (struct pair){ get_value(n), 0 }.a; // expected-warning {{'sites' calls 'get_value'}}
	list[get_value(n)] = p.a; // expected-warning {{'sites' calls 'get_value'}}
	get_value(n); // expected-warning {{'sites' calls 'get_value'}}
	(void)get_value(n); // expected-warning {{'sites' calls 'get_value'}}
	plain(get_value(n)); // expected-warning {{'sites' calls 'get_value'}}
	get_value(get_value(n)); // expected-warning 2 {{'sites' calls 'get_value'}}

	if (get_value(n)) // expected-warning {{'sites' calls 'get_value'}}
		local++;
	else if (n && !get_value(n)) // expected-warning {{'sites' calls 'get_value'}}
		local--;
	while (get_value(n)) // expected-warning {{'sites' calls 'get_value'}}
		break;
	do
		local++;
	while (get_value(n)); // expected-warning {{'sites' calls 'get_value'}}
	for (int i = get_value(0); // expected-warning {{'sites' calls 'get_value'}}
	     i < get_value(1); // expected-warning {{'sites' calls 'get_value'}}
	     i += get_value(2)) // expected-warning {{'sites' calls 'get_value'}}
		local++;
	switch (get_value(n)) { // expected-warning {{'sites' calls 'get_value'}}
	case 0:
		local = get_value(n); // expected-warning {{'sites' calls 'get_value'}}
		break;
	default:
		goto out;
	}
	local = n ? get_value(1) : 0; // expected-warning {{'sites' calls 'get_value'}}
	local = get_value(1) ?: 0; // expected-warning {{'sites' calls 'get_value'}}
	local = ({ int t = get_value(n); t; }); // expected-warning {{'sites' calls 'get_value'}}
	__asm__ volatile("" : : "r"(get_value(n))); // expected-warning {{'sites' calls 'get_value'}}
out:
	return local + get_value(n); // expected-warning {{'sites' calls 'get_value'}}
}
