// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A btf_type_tag("…") string that the model names is a qualifier of the pointer that it tags.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/spellings.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// Without the model the strings mean nothing.
// RUN: %airlock_cc -Xclang -verify=none %s
// none-no-diagnostics

#define user_memory __attribute__((btf_type_tag("user_memory")))
#define unrelated __attribute__((btf_type_tag("unrelated")))

typedef int (*user_memory user_fn)(int);

struct ops {
	int (*user_memory run)(int);
	user_fn typed;
	int (*user_memory table[2])(int);
	int (*unrelated plain_run)(int);
};

int plain(int);
int (*user_memory handler)(int);

int outside(struct ops *o, int (*user_memory cb)(int), user_fn typed, int n)
{
	handler(n); // expected-warning {{'outside' calls through 'handler', which needs context 'uaccess'}}
	cb(n); // expected-warning {{'outside' calls through 'cb', which}}
	typed(n); // expected-warning {{'outside' calls through 'typed', which}}
	o->run(n); // expected-warning {{'outside' calls through 'ops.run', which}}
	o->typed(n); // expected-warning {{'outside' calls through 'ops.typed', which}}
	o->table[n](n); // expected-warning {{'outside' calls through 'ops.table', which}}
	o->plain_run(n);
	return plain(n);
}

void conversions(struct ops *o)
{
	user_fn f = plain;
	int (*p)(int);

	f = o->run;
	o->run = f;
	p = o->plain_run;
	p = f; // expected-warning {{assigning 'f' to 'p' drops context 'uaccess'}}
	p = o->run; // expected-warning {{assigning 'ops.run' to 'p' drops context 'uaccess'}}
	(void)p;
}

// Unlike an attribute of a declaration, the tag may stand in a cast, and keeps the context there.
void casts(struct ops *o)
{
	o->run = (int (*user_memory)(int))o->typed;
	o->plain_run = (int (*unrelated)(int))o->typed; // expected-warning-re {{cast of 'ops.typed' to '{{.*}}' drops context 'uaccess'}}
}
