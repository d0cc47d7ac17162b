// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A condition, a body and a model say the same of the same functions: once they are defined here, once only described.
// RUN: %airlock_cc -I %S/Inputs -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DDESCRIBED -fplugin-arg-airlock-model=%S/Inputs/driver.json -I %S/Inputs -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -DDESCRIBED -fplugin-arg-airlock-model=%S/Inputs/driver.json -I %S/Inputs -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "driver.h"

void sleeps(struct driver *d)
{
	driver_lock(d);
	driver_wait(d); // expected-warning {{'sleeps' calls 'driver_wait', which may sleep, while}}
	driver_poke(d);
	driver_unlock(d);
	driver_wait(d);
}

void *allocates(struct driver *d)
{
	void *p;

	driver_lock(d);
	p = driver_alloc(d, GFP_KERNEL); // expected-warning {{'allocates' calls 'driver_alloc', which may sleep, while}}
	p = p ?: driver_alloc(d, GFP_NOWAIT);
	driver_unlock(d);
	return p;
}

void decides(struct driver *d)
{
	driver_lock(d);
	driver_flush(d, true); // expected-warning {{'decides' calls 'driver_flush', which may sleep, while}}
	driver_flush(d, false);
	driver_drain(d, 0); // expected-warning {{'decides' calls 'driver_drain', which may sleep, while}}
	driver_drain(d, DRIVER_NOWAIT);
	driver_unlock(d);
}

void tries(struct driver *d)
{
	if (driver_trylock(d)) {
		driver_wait(d); // expected-warning {{'tries' calls 'driver_wait', which may sleep, while}}
		driver_unlock(d);
	} else {
		driver_wait(d);
	}
}

// Opens if it returns zero.
int begins(struct driver *d)
{
	int error = driver_begin(d);

	if (error) {
		driver_wait(d);
		return error;
	}
	driver_wait(d); // expected-warning {{'begins' calls 'driver_wait', which may sleep, while}}
	driver_unlock(d);
	return 0;
}

int reads(struct driver *d, int __user *at)
{
	int value;

	driver_lock(d);
	value = driver_read(d, at); // expected-warning {{'reads' calls 'driver_read', which may sleep in a user page fault, while}}
	pagefault_disable();
	value += driver_read(d, at);
	pagefault_enable();
	driver_unlock(d);
	return value;
}
