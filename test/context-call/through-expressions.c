// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The callee may be any expression: what it yields carries the context, however it is wrapped.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;

struct ops {
	int (*run)(int) __uaccess;
	int (*plain_run)(int);
};

int get_value(int) __uaccess;
int put_value(int) __uaccess;
int plain(int);
uaccess_fn lookup(int);
int (*plain_lookup(int))(int);
void note(void);

int wrapped(struct ops *o, int n)
{
	(get_value)(n); // expected-warning {{'wrapped' calls 'get_value', which needs context 'uaccess'}}
	((get_value))(n); // expected-warning {{'wrapped' calls 'get_value'}}
	(*get_value)(n); // expected-warning {{'wrapped' calls 'get_value'}}
	(**get_value)(n); // expected-warning {{'wrapped' calls 'get_value'}}
	(&get_value)(n); // expected-warning {{'wrapped' calls 'get_value'}}
	(*&get_value)(n); // expected-warning {{'wrapped' calls 'get_value'}}
	(*o->run)(n); // expected-warning {{'wrapped' calls through 'ops.run'}}
	(o->run)(n); // expected-warning {{'wrapped' calls through 'ops.run'}}
	(*&o->run)(n); // expected-warning {{'wrapped' calls through 'ops.run'}}
	(note(), get_value)(n); // expected-warning-re {{'wrapped' calls {{.*}}which needs context 'uaccess'}}
	(note(), o->run)(n); // expected-warning-re {{'wrapped' calls through {{.*}}which needs context 'uaccess'}}
	({ note(); get_value; })(n); // expected-warning-re {{'wrapped' calls {{.*}}which needs context 'uaccess'}}
	({ uaccess_fn f = o->run; f; })(n); // expected-warning-re {{'wrapped' calls through {{.*}}which needs context 'uaccess'}}
	__extension__ get_value(n); // expected-warning {{'wrapped' calls 'get_value'}}
	return (__extension__(get_value))(n); // expected-warning {{'wrapped' calls 'get_value'}}
}

// One call needs the context if either arm does, and is one finding.
int arms(struct ops *o, int n)
{
	(n ? get_value : plain)(n); // expected-warning-re {{'arms' calls {{.*}}which needs context 'uaccess'}}
	(n ? plain : get_value)(n); // expected-warning-re {{'arms' calls {{.*}}which needs context 'uaccess'}}
	(n ? o->run : o->plain_run)(n); // expected-warning-re {{'arms' calls through {{.*}}which needs context 'uaccess'}}
	(n ? plain : n > 1 ? plain : get_value)(n); // expected-warning-re {{'arms' calls {{.*}}which needs context 'uaccess'}}
	(o->run ?: o->plain_run)(n); // expected-warning-re {{'arms' calls through {{.*}}which needs context 'uaccess'}}
	(n ? plain : o->plain_run)(n);
	return (o->plain_run ?: plain)(n);
}

// A condition, a discarded operand and a value that is not the last one are not what is called.
int not_the_callee(struct ops *o, int n)
{
	(get_value == o->plain_run ? plain : o->plain_run)(n);
	((void)o->run, plain)(n);
	return ({ (void)get_value; plain; })(n);
}

int through_deref(uaccess_fn *pp, uaccess_fn **ppp, int n)
{
	(*pp)(n); // expected-warning-re {{'through_deref' calls through {{.*}}which needs context 'uaccess'}}
	pp[1](n); // expected-warning-re {{'through_deref' calls through {{.*}}which needs context 'uaccess'}}
	return (**ppp)(n); // expected-warning-re {{'through_deref' calls through {{.*}}which needs context 'uaccess'}}
}

// The typedef that lookup() returns carries the context; lookup() itself needs none.
int through_returned(int n)
{
	lookup(n);
	plain_lookup(n)(n);
	(*lookup(n))(n); // expected-warning-re {{'through_returned' calls through {{.*}}which needs context 'uaccess'}}
	return lookup(n)(n); // expected-warning-re {{'through_returned' calls through {{.*}}which needs context 'uaccess'}}
}

int selected(int n)
{
	__builtin_choose_expr(1, get_value, plain)(n); // expected-warning-re {{'selected' calls {{.*}}which needs context 'uaccess'}}
	__builtin_choose_expr(0, get_value, plain)(n);
	_Generic(n, int: get_value, default: plain)(n); // expected-warning-re {{'selected' calls {{.*}}which needs context 'uaccess'}}
	return _Generic(n, long: get_value, default: plain)(n);
}

int through_assignment(struct ops *o, uaccess_fn f, int n)
{
	return (f = plain)(n); // expected-warning-re {{'through_assignment' calls through {{.*}}which needs context 'uaccess'}}
}

int through_literal(int n)
{
	(uaccess_fn){ plain }(n); // expected-warning-re {{'through_literal' calls through {{.*}}which needs context 'uaccess'}}
	return (struct ops){ .run = get_value }.run(n); // expected-warning {{'through_literal' calls through 'ops.run', which}}
}

int __uaccess inside(struct ops *o, uaccess_fn *pp, int n)
{
	(*get_value)(n);
	(note(), get_value)(n);
	({ note(); get_value; })(n);
	(n ? get_value : put_value)(n);
	(*pp)(n);
	return lookup(n)(n);
}
