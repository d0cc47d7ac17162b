// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The atomic builtins store and load function pointers, too.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

int get_value(int) __uaccess;
int plain(int);
static plain_fn slot;
static uaccess_fn qualified_slot;
static _Atomic(plain_fn) atomic_slot;
static _Atomic(uaccess_fn) qualified_atomic_slot;

void stores(void)
{
	plain_fn old = 0;

	__atomic_store_n(&slot, get_value, __ATOMIC_RELEASE); // expected-warning-re {{'get_value' {{.*}}drops context 'uaccess'}}
	old = __atomic_exchange_n(&slot, get_value, __ATOMIC_SEQ_CST); // expected-warning-re {{'get_value' {{.*}}drops context 'uaccess'}}
	__atomic_compare_exchange_n(&slot, &old, get_value, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED); // expected-warning-re {{'get_value' {{.*}}drops context 'uaccess'}}
	(void)__sync_lock_test_and_set(&slot, get_value); // expected-warning-re {{'get_value' {{.*}}drops context 'uaccess'}}
	(void)__sync_bool_compare_and_swap(&slot, old, get_value); // expected-warning-re {{'get_value' {{.*}}drops context 'uaccess'}}
	atomic_slot = get_value; // expected-warning {{assigning 'get_value' to 'atomic_slot' drops}}
	__c11_atomic_store(&atomic_slot, get_value, __ATOMIC_RELEASE); // expected-warning-re {{'get_value' {{.*}}drops context 'uaccess'}}
}

void loads(void)
{
	plain_fn p;

	p = __atomic_load_n(&qualified_slot, __ATOMIC_ACQUIRE); // expected-warning-re {{assigning '{{.*}}' to 'p' drops context 'uaccess'}}
	p = qualified_atomic_slot; // expected-warning {{assigning 'qualified_atomic_slot' to 'p' drops}}
	p = __builtin_expect(0, 0) ? plain : get_value; // expected-warning {{assigning 'get_value' to 'p' drops}}
	(void)p;
}

void clean(void)
{
	uaccess_fn f;
	plain_fn p;

	__atomic_store_n(&qualified_slot, get_value, __ATOMIC_RELEASE);
	__atomic_store_n(&slot, plain, __ATOMIC_RELEASE);
	(void)__sync_lock_test_and_set(&qualified_slot, get_value);
	f = __atomic_exchange_n(&qualified_slot, get_value, __ATOMIC_SEQ_CST);
	f = __atomic_load_n(&qualified_slot, __ATOMIC_ACQUIRE);
	p = __atomic_load_n(&slot, __ATOMIC_ACQUIRE);
	qualified_atomic_slot = get_value;
	qualified_atomic_slot = plain;
	__c11_atomic_store(&qualified_atomic_slot, get_value, __ATOMIC_RELEASE);
	atomic_slot = plain;
	f = qualified_atomic_slot;
	(void)f;
	(void)p;
}
