// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// On what is neither a function nor a pointer to one the qualifier is ignored, with a warning.
// RUN: %airlock_cc -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

int __uaccess number; // expected-warning {{'airlock_in_context' attribute only applies to functions, function pointers and typedefs of them}}
int numbers[4] __uaccess; // expected-warning {{'airlock_in_context' attribute only applies to functions, function pointers and typedefs of them}}
void *data __uaccess; // expected-warning {{'airlock_in_context' attribute only applies to functions, function pointers and typedefs of them}}
typedef int __uaccess number_t; // expected-warning {{'airlock_in_context' attribute only applies to functions, function pointers and typedefs of them}}
void parameter(int n __uaccess); // expected-warning {{'airlock_in_context' attribute only applies to functions, function pointers and typedefs of them}}

struct s {
	int __uaccess field; // expected-warning {{'airlock_in_context' attribute only applies to functions, function pointers and typedefs of them}}
	int (*good)(int) __uaccess;
};

struct __uaccess tagged { // expected-warning {{'airlock_in_context' attribute only applies to functions, function pointers and typedefs of them}}
	int n;
};

enum numbers {
	ONE __uaccess, // expected-warning {{'airlock_in_context' attribute only applies to functions, function pointers and typedefs of them}}
	TWO,
};

// Ignored means ignored: none of them needs a context.
int uses(struct s *s, number_t n, struct tagged *t)
{
	number = numbers[0] + s->field + n + t->n + ONE;
	parameter(number);
	return data != 0;
}

int still_checked(struct s *s)
{
	return s->good(1); // expected-warning {{'still_checked' calls through 's.good', which needs context 'uaccess'}}
}
