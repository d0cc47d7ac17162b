// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A macro that is nothing to the compiler, such as sparse's __must_hold(x), is a qualifier of the declaration it stands in.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/spellings.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Without the model the names mean nothing.
// RUN: %airlock_cc -Xclang -verify=none %s
// none-no-diagnostics

#define __must_hold(x)
#define __needs_user
#define __enters_user
#define __unrelated(x)

int after(int) __must_hold(&lock);
int __must_hold(&lock) inside_declarator(int);
__must_hold(&lock) int before(int);
int object_like(int) __needs_user;
int over_lines(int)
	__unrelated(a)
	__must_hold(&lock)
	__unrelated(b);
int (*handler)(int) __needs_user;
typedef int (*user_fn)(int) __needs_user;
struct ops {
	int (*run)(int) __must_hold(&lock);
	int (*plain_run)(int) __unrelated(&lock);
};

// Nothing spills over to what stands beside it.
int left(int); int marked(int) __needs_user; int right(int);
int first(int) __needs_user, second(int);
int other(int) __unrelated(__needs_user_not);

// Unlike an attribute, it may follow the declarator of a definition.
static int defined(int n)
	__must_hold(&lock)
{
	return after(n);
}

static int entered(int n) __enters_user
{
	return after(n) + defined(n);
}

int outside(struct ops *o, user_fn cb, int n)
{
	after(n); // expected-warning {{'outside' calls 'after', which needs context 'uaccess'}}
	inside_declarator(n); // expected-warning {{'outside' calls 'inside_declarator', which}}
	before(n); // expected-warning {{'outside' calls 'before', which}}
	object_like(n); // expected-warning {{'outside' calls 'object_like', which}}
	over_lines(n); // expected-warning {{'outside' calls 'over_lines', which}}
	handler(n); // expected-warning {{'outside' calls through 'handler', which}}
	cb(n); // expected-warning {{'outside' calls through 'cb', which}}
	o->run(n); // expected-warning {{'outside' calls through 'ops.run', which}}
	marked(n); // expected-warning {{'outside' calls 'marked', which}}
	first(n); // expected-warning {{'outside' calls 'first', which}}
	defined(n); // expected-warning {{'outside' calls 'defined', which}}
	o->plain_run(n);
	left(n);
	right(n);
	second(n);
	other(n);
	return entered(n);
}

// In a body it is no qualifier of the function around it.
int in_body(int n)
{
	__needs_user
	return after(n); // expected-warning {{'in_body' calls 'after', which}}
}

// The same behind another macro of the code base.
#define __under_lock __must_hold(&lock)

int indirect(int) __under_lock;

int calls_indirect(int n)
{
	return indirect(n); // expected-warning {{'calls_indirect' calls 'indirect', which}}
}
