// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A cast between the callee and the call: one that drops the context is context-cast's finding and no call's.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
};

int get_value(int) __uaccess;
int plain(int);

int dropped(struct ops *o, int n)
{
	((plain_fn)get_value)(n); // expected-warning {{cast of 'get_value' to 'plain_fn' drops context 'uaccess'}}
	((plain_fn)(void *)get_value)(n); // expected-warning {{cast of 'get_value' to 'void *' drops context 'uaccess'}}
	return ((plain_fn)o->run)(n); // expected-warning {{cast of 'ops.run' to 'plain_fn' drops context 'uaccess'}}
}

int dropped_on_purpose(struct ops *o, int n)
{
	((__force plain_fn)get_value)(n);
	((plain_fn)(__force void *)get_value)(n);
	return ((__force plain_fn)o->run)(n);
}

// What the cast yields is what is called.
int kept(struct ops *o, void *data, int n)
{
	((uaccess_fn)get_value)(n); // expected-warning-re {{'kept' calls {{.*}}which needs context 'uaccess'}}
	((uaccess_fn)o->run)(n); // expected-warning-re {{'kept' calls through {{.*}}which needs context 'uaccess'}}
	((uaccess_fn)data)(n); // expected-warning-re {{'kept' calls through {{.*}}which needs context 'uaccess'}}
	((uaccess_fn)plain)(n); // expected-warning-re {{'kept' calls {{.*}}which needs context 'uaccess'}}
	((__typeof__(o->run))data)(n); // expected-warning-re {{'kept' calls through {{.*}}which needs context 'uaccess'}}
	return ((plain_fn)data)(n);
}

int __uaccess inside(struct ops *o, void *data, int n)
{
	((uaccess_fn)get_value)(n);
	((uaccess_fn)data)(n);
	return ((uaccess_fn)o->run)(n);
}
