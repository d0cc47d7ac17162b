// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An annotate("…") string that the model names is a qualifier, wherever the attribute may stand; other strings are nothing.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/spellings.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Without the model the strings mean nothing.
// RUN: %airlock_cc -Xclang -verify=none %s
// none-no-diagnostics

#define user_memory __attribute__((annotate("user_memory")))
#define user_memory_entry __attribute__((__annotate__("user_memory_entry")))
#define unrelated __attribute__((annotate("unrelated")))

typedef int (*user_fn)(int) user_memory;
typedef int user_function(int) user_memory;

struct ops {
	int (*run)(int) user_memory;
	int user_memory (*run_before)(int);
	user_fn typed;
	int (*plain_run)(int) unrelated;
};

int user_memory get_value(int);
int put_value(int) user_memory;
int unrelated plain(int);
user_function by_typedef;
int (*handler)(int) user_memory;

int outside(struct ops *o, user_fn cb, int n)
{
	get_value(n); // expected-warning {{'outside' calls 'get_value', which needs context 'uaccess'}}
	put_value(n); // expected-warning {{'outside' calls 'put_value', which}}
	by_typedef(n); // expected-warning {{'outside' calls 'by_typedef', which}}
	handler(n); // expected-warning {{'outside' calls through 'handler', which}}
	cb(n); // expected-warning {{'outside' calls through 'cb', which}}
	o->run(n); // expected-warning {{'outside' calls through 'ops.run', which}}
	o->run_before(n); // expected-warning {{'outside' calls through 'ops.run_before', which}}
	o->typed(n); // expected-warning {{'outside' calls through 'ops.typed', which}}
	plain(n);
	return o->plain_run(n);
}

int user_memory inside(struct ops *o, int n)
{
	return get_value(n) + o->run(n) + plain(n);
}

int user_memory_entry enters(struct ops *o, int n)
{
	return get_value(n) + inside(o, n);
}

int calls_entry(struct ops *o, int n)
{
	return enters(o, n);
}

void conversions(struct ops *o)
{
	user_fn f = get_value;

	o->run = f;
	o->plain_run = f; // expected-warning {{assigning 'f' to 'ops.plain_run' drops context 'uaccess'}}
	o->plain_run = (int (*)(int))o->run; // expected-warning {{cast of 'ops.run' to 'int (*)(int)' drops context 'uaccess'}}
}
