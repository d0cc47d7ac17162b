// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every initialiser form that drops the context: scalar, designated, positional, array, range, nested, literal, static.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*plain_fn)(int);

struct ops {
	plain_fn run;
	int (*stop)(int);
	plain_fn table[2];
};

struct outer {
	int id;
	struct ops in;
	union {
		plain_fn u;
		void *data;
	};
};

int get_value(int) __uaccess;
int plain(int);
void use(void *);

plain_fn global = get_value; // expected-warning {{initializing 'global' with 'get_value' drops context 'uaccess'; declare 'global' with '__uaccess', or cast with '__force' on purpose [airlock-context-conversion]}}
int (*global_spelled)(int) = &get_value; // expected-warning {{initializing 'global_spelled' with 'get_value' drops context 'uaccess'}}
static plain_fn file_static = (get_value); // expected-warning {{initializing 'file_static' with 'get_value' drops}}
void *global_data = get_value; // expected-warning {{initializing 'global_data' with 'get_value' drops}}
const void *const global_const = get_value; // expected-warning {{initializing 'global_const' with 'get_value' drops}}

struct ops designated = {
	.stop = get_value, // expected-warning {{initializing 'ops.stop' with 'get_value' drops}}
	.run = plain,
	.table[1] = get_value, // expected-warning {{initializing 'ops.table' with 'get_value' drops}}
};

struct ops positional = {
	get_value, // expected-warning {{initializing 'ops.run' with 'get_value' drops}}
	plain,
	{
		get_value, // expected-warning {{initializing 'ops.table' with 'get_value' drops}}
		plain,
	},
};

plain_fn array[] = {
	get_value, // expected-warning {{initializing 'array' with 'get_value' drops}}
	plain,
	[4] = get_value, // expected-warning {{initializing 'array' with 'get_value' drops}}
};

// One expression is one finding, however many elements it fills.
plain_fn range[4] = {
	[0 ... 3] = get_value, // expected-warning {{initializing 'range' with 'get_value' drops}}
};

plain_fn matrix[2][2] = {
	{ plain, plain },
	{ plain, get_value }, // expected-warning {{initializing 'matrix' with 'get_value' drops}}
};

struct outer nested = {
	.id = 1,
	.in = {
		.run = get_value, // expected-warning {{initializing 'ops.run' with 'get_value' drops}}
		.stop = plain,
	},
	.u = get_value, // expected-warning {{initializing 'outer.u' with 'get_value' drops}}
};

struct outer nested_path = {
	.in.stop = get_value, // expected-warning {{initializing 'ops.stop' with 'get_value' drops}}
	.data = get_value, // expected-warning {{initializing 'outer.data' with 'get_value' drops}}
};

// Braces left out: the members are still found.
struct outer flat = {
	1,
	get_value, // expected-warning {{initializing 'ops.run' with 'get_value' drops}}
	plain,
	plain,
	get_value, // expected-warning {{initializing 'ops.table' with 'get_value' drops}}
};

struct ops list[] = {
	{ .run = plain },
	{ .run = get_value }, // expected-warning {{initializing 'ops.run' with 'get_value' drops}}
	[3] = { .stop = get_value }, // expected-warning {{initializing 'ops.stop' with 'get_value' drops}}
	[5].run = get_value, // expected-warning {{initializing 'ops.run' with 'get_value' drops}}
};

struct ops *file_literal = &(struct ops){
	.run = get_value, // expected-warning {{initializing 'ops.run' with 'get_value' drops}}
};

void locals(void)
{
	plain_fn local = get_value; // expected-warning {{initializing 'local' with 'get_value' drops}}
	plain_fn braced = { get_value }; // expected-warning {{initializing 'braced' with 'get_value' drops}}
	static plain_fn kept = get_value; // expected-warning {{initializing 'kept' with 'get_value' drops}}
	void *data = get_value; // expected-warning {{initializing 'data' with 'get_value' drops}}
	plain_fn first = plain, second = get_value; // expected-warning {{initializing 'second' with 'get_value' drops}}
	struct ops o = { .run = get_value }; // expected-warning {{initializing 'ops.run' with 'get_value' drops}}
	static struct ops kept_ops = {
		.stop = get_value, // expected-warning {{initializing 'ops.stop' with 'get_value' drops}}
	};
	plain_fn table[] = { plain, get_value }; // expected-warning {{initializing 'table' with 'get_value' drops}}

	o = (struct ops){ .stop = get_value }; // expected-warning {{initializing 'ops.stop' with 'get_value' drops}}
	first = (plain_fn){ get_value }; // expected-warning-re {{initializing '{{.*}}' with 'get_value' drops context 'uaccess'}}
	first = ((plain_fn[]){ plain, get_value })[1]; // expected-warning-re {{initializing '{{.*}}' with 'get_value' drops context 'uaccess'}}
	for (plain_fn f = get_value; f; f = 0) // expected-warning {{initializing 'f' with 'get_value' drops}}
		use(&kept_ops);
	use(&local);
	use(&braced);
	use(&kept);
	use(&data);
	use(&second);
	use(&o);
	use(table);
}
