// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The value may come out of ?:, a comma, a statement expression or a selection: the finding is at the dropped operand.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	int (*run)(int) __uaccess;
	int (*plain_run)(int);
};

int get_value(int) __uaccess;
int put_value(int) __uaccess;
int plain(int);
void note(void);
void take(plain_fn cb);

plain_fn arms(struct ops *o, int n)
{
	plain_fn p;

	p = n ? get_value : plain; // expected-warning {{assigning 'get_value' to 'p' drops context 'uaccess'}}
	p = n ? plain : get_value; // expected-warning {{assigning 'get_value' to 'p' drops context 'uaccess'}}
	p = n ?
		get_value : // expected-warning {{assigning 'get_value' to 'p' drops}}
		put_value; // expected-warning {{assigning 'put_value' to 'p' drops}}
	p = n ?
		o->run : // expected-warning {{assigning 'ops.run' to 'p' drops}}
		0;
	p = n ? plain :
		n > 1 ? o->plain_run :
			get_value; // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = (n ? (get_value) : plain); // expected-warning {{assigning 'get_value' to 'p' drops}}
	take(n ? plain : get_value); // expected-warning {{passing 'get_value' to parameter 'cb' of 'take' drops}}
	take(n ?
		get_value : // expected-warning {{passing 'get_value' to parameter 'cb' of 'take' drops}}
		put_value); // expected-warning {{passing 'put_value' to parameter 'cb' of 'take' drops}}
	plain_fn q = n ? get_value : plain; // expected-warning {{initializing 'q' with 'get_value' drops}}
	p = n ? plain : q;
	return n ? plain : get_value; // expected-warning {{returning 'get_value' from 'arms' drops}}
}

void gnu_elvis(struct ops *o, uaccess_fn slot)
{
	plain_fn p;

	p = o->run ?: o->plain_run; // expected-warning {{assigning 'ops.run' to 'p' drops}}
	p = o->plain_run ?: o->run; // expected-warning {{assigning 'ops.run' to 'p' drops}}
	p = o->run ?:
		slot; // expected-warning {{assigning 'slot' to 'p' drops}} expected-warning@-1 {{assigning 'ops.run' to 'p' drops}}
	p = o->plain_run ?: plain;
}

void sequences(struct ops *o)
{
	plain_fn p;

	p = (note(), get_value); // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = (note(), note(), o->run); // expected-warning {{assigning 'ops.run' to 'p' drops}}
	p = ({ note(); get_value; }); // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = ({ uaccess_fn f = o->run; note(); f; }); // expected-warning {{assigning 'f' to 'p' drops}}
	p = ({ note(); ({ note(); get_value; }); }); // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = __extension__ get_value; // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = __extension__({ get_value; }); // expected-warning {{assigning 'get_value' to 'p' drops}}
	take(({ note(); get_value; })); // expected-warning {{passing 'get_value' to parameter 'cb' of 'take' drops}}
	// The value is dropped inside, where it is copied, and only there.
	p = ({ plain_fn f = get_value; f; }); // expected-warning {{initializing 'f' with 'get_value' drops}}
	p = ((void)get_value, plain);
	p = ({ (void)get_value; plain; });
}

void selections(int n)
{
	plain_fn p;

	p = __builtin_choose_expr(1, get_value, plain); // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = __builtin_choose_expr(0, plain, get_value); // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = __builtin_choose_expr(0, get_value, plain);
	p = _Generic(n, int: get_value, default: plain); // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = _Generic(n, long: plain, default: get_value); // expected-warning {{assigning 'get_value' to 'p' drops}}
	p = _Generic(n, long: get_value, default: plain);
	p = _Generic(&get_value, int (*)(int): plain);
}

uaccess_fn clean(struct ops *o, int n)
{
	uaccess_fn f;

	f = n ? get_value : plain;
	f = n ? plain : get_value;
	f = n ? get_value : put_value;
	f = o->run ?: o->plain_run;
	f = o->plain_run ?: o->run;
	f = (note(), get_value);
	f = ({ note(); get_value; });
	f = __builtin_choose_expr(1, get_value, plain);
	f = _Generic(n, int: get_value, default: plain);
	return n ? f : plain;
}
