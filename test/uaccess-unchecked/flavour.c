// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Opened for reading, user memory is not there to be written; nor the other way round.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -Xclang -verify %s
// A program knows it as one unit does.
// RUN: not %airlock check --no-cache --only uaccess-unchecked %s -- -std=gnu11 > %t.program
// RUN: FileCheck %s --check-prefix=PROGRAM --input-file=%t.program --implicit-check-not=warning:
// PROGRAM-DAG: warning: 'writes_in_read' expands 'unsafe_put_user' in a user access region that is open for 'read', not for 'write'
// PROGRAM-DAG: warning: 'reads_in_write' expands 'unsafe_get_user' in a user access region that is open for 'write', not for 'read'
// PROGRAM-DAG: warning: 'in_none' expands 'unsafe_put_user' outside a user access region
#define __user __attribute__((btf_type_tag("user")))
int user_access_begin(const void __user *p, unsigned long n);
void user_access_end(void);
int user_read_access_begin(const void __user *p, unsigned long n);
void user_read_access_end(void);
int user_write_access_begin(const void __user *p, unsigned long n);
void user_write_access_end(void);
#define unsafe_put_user(x, p, label) asm goto("" : : "r"(x), "r"(p) : : label)
#define unsafe_get_user(x, p, label) asm goto("" : "=r"(x) : "r"(p) : : label)

int writes_in_read(int __user *p)
{
	if (!user_read_access_begin(p, 4))
		return -14;
	unsafe_put_user(1, p, out); // expected-warning {{'writes_in_read' expands 'unsafe_put_user' in a user access region that is open for 'read', not for 'write' [airlock-uaccess-unchecked]}}
out:
	user_read_access_end();
	return 0;
}

int reads_in_write(int __user *p)
{
	int x = 0;

	if (!user_write_access_begin(p, 4))
		return -14;
	unsafe_get_user(x, p, out); // expected-warning {{open for 'write', not for 'read'}}
out:
	user_write_access_end();
	return x;
}

int fits(int __user *p)
{
	int x = 0;

	if (!user_access_begin(p, 4))
		return -14;
	unsafe_get_user(x, p, out);
	unsafe_put_user(x, p, out);
out:
	user_access_end();
	if (!user_write_access_begin(p, 4))
		return -14;
	unsafe_put_user(1, p, out_write);
out_write:
	user_write_access_end();
	return x;
}

// Open for writing on one of two ways.
int either(int __user *p, int write)
{
	if (!(write ? user_write_access_begin(p, 4) : user_read_access_begin(p, 4)))
		return -14;
	if (write)
		unsafe_put_user(1, p, out);
out:
	if (write)
		user_write_access_end();
	else
		user_read_access_end();
	return 0;
}

int in_none(int __user *p)
{
	if (!user_write_access_begin(p, 4))
		return -14;
	user_write_access_end();
	unsafe_put_user(1, p, out); // expected-warning {{'in_none' expands 'unsafe_put_user' outside a user access region}}
out:
	return 0;
}
