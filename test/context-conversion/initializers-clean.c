// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same initialiser forms where nothing is dropped: both sides qualified, a plain function, null, or an entry.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu17 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=c23 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);

struct ops {
	uaccess_fn run;
	int (*stop)(int) __uaccess;
	uaccess_fn table[2];
	plain_fn plain_run;
};

struct outer {
	int id;
	struct ops in;
	union {
		uaccess_fn u;
		void *data;
	};
};

int get_value(int) __uaccess;
int plain(int);
int entry(int) __context_entry(uaccess);
void use(void *);

uaccess_fn global = get_value;
int (*global_spelled)(int) __uaccess = &get_value;
static uaccess_fn file_static = plain;
uaccess_fn unset = 0;
plain_fn plain_global = plain;
plain_fn entry_global = entry;
void *data_global = plain;

struct ops designated = {
	.run = get_value,
	.stop = plain,
	.table[1] = get_value,
	.plain_run = plain,
};
struct ops positional = { get_value, plain, { get_value, plain }, plain };
uaccess_fn array[] = { get_value, plain, [4] = get_value };
uaccess_fn range[4] = { [0 ... 3] = get_value };
int (*spelled_array[2])(int) __uaccess = { get_value, plain };
uaccess_fn matrix[2][2] = { { plain, plain }, { plain, get_value } };
struct outer nested = {
	.id = 1,
	.in = { .run = get_value, .stop = plain, .plain_run = entry },
	.u = get_value,
};
struct outer flat = { 1, get_value, plain, plain, get_value, plain };
struct ops list[] = { { .run = get_value }, [3] = { .stop = get_value }, [5].run = get_value };
struct ops *file_literal = &(struct ops){ .run = get_value };

void locals(void)
{
	uaccess_fn local = get_value;
	static uaccess_fn kept = get_value;
	plain_fn plain_local = plain;
	struct ops o = { .run = local, .plain_run = plain_local };
	uaccess_fn table[] = { plain, local, o.run };

	o = (struct ops){ .stop = get_value };
	local = (uaccess_fn){ get_value };
	local = ((uaccess_fn[]){ plain, get_value })[1];
	use(&kept);
	use(table);
}
