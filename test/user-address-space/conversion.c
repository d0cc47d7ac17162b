// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Implicit conversions, in every place that has one, and both ways.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note -fplugin-arg-airlock-advice %s
#include <airlock.h>

#define NULL ((void *)0)
struct pair { int n; void *plain; char __user *user; };
struct nested { int n; struct pair in; struct pair all[2]; void __user *many[3]; void *plain[2]; };
union either { char __user *user; char *plain; };

void take(const void *p);
void take_user(void __user *p);
void take_two(int, char *first, char __user *second);
void print(const char *format, ...);
void *get(void);
void __user *get_user_pointer(void);
void *(*get_through)(void);

char __user *in_user;
char *in_kernel;
char __user **global_place = &in_user;

void assignments(char __user *u, char *k, struct pair *p, struct nested *n, void *v)
{
	k = u;				// expected-warning {{assigning 'u' to 'k' drops '__user'; declare 'k' with '__user' if it is for user memory, or cast with '__force' if it is intended [airlock-user-address-space]}}
	u = k;				// expected-warning {{assigning 'k' to 'u' makes it a '__user' pointer; declare 'k' with '__user' if it is one, or cast with '__force' if it is intended}}
	v = u;				// expected-warning {{assigning 'u' to 'v' drops '__user'}}
	u = v;				// expected-warning {{makes it a '__user' pointer}}
	p->plain = u;			// expected-warning {{assigning 'u' to 'pair.plain' drops '__user'; declare 'pair.plain'}}
	p->user = k;			// expected-warning {{assigning 'k' to 'pair.user' makes it}}
	p->user = p->plain;		// expected-warning {{assigning 'p->plain' to 'pair.user' makes it a '__user' pointer; declare 'pair.plain' with}}
	n->many[1] = k;			// expected-warning {{assigning 'k' to 'nested.many' makes it}}
	n->plain[1] = u + 1;		// expected-warning {{assigning 'u + 1' to 'nested.plain' drops}}
	n->all[0].user = n->in.user;
	k = (u += 1);			// expected-warning {{drops '__user'}}
	k = (v = u);			// expected-warning {{assigning 'u' to 'v' drops '__user'}}
	k = ({ int i = 1; u + i; });	// expected-warning {{drops '__user'}}
	k = ((void)v, u);		// expected-warning {{drops '__user'}}
}

void initialisers(char __user *u, char *k)
{
	char *a = u;			// expected-warning {{initializing 'a' with 'u' drops '__user'}}
	char __user *b = k, *c = u;	// expected-warning {{initializing 'b' with 'k' makes it}}
	struct pair p = { 1, u, k };	// expected-warning {{initializing 'pair.plain' with 'u' drops}} expected-warning {{initializing 'pair.user' with 'k' makes it}}
	struct pair q = { .user = u, .plain = k };
	struct nested n = {
		.in = { .plain = u },	// expected-warning {{initializing 'pair.plain' with 'u' drops}}
		.all = { [1] = { .user = k } }, // expected-warning {{initializing 'pair.user' with 'k' makes it}}
		.many = { u, k, NULL },	// expected-warning {{initializing 'nested.many' with 'k' makes it}}
		.plain[1] = u,		// expected-warning {{initializing 'nested.plain' with 'u' drops}}
	};
	char *array[2][1] = { { k }, { u } }; // expected-warning {{initializing 'array' with 'u' drops}}
	char __user *users[] = { u, NULL, 0 };
	union either e = { .plain = u };	// expected-warning {{initializing 'either.plain' with 'u' drops}}
	struct pair literal = (struct pair){ .plain = u }; // expected-warning {{drops '__user'}}
	void *scalar = { u };		// expected-warning {{initializing 'scalar' with 'u' drops}}

	take((char *[]){ u });		// expected-warning {{drops '__user'}}
	take(&(struct pair){ .user = k }); // expected-warning {{makes it a '__user' pointer}}
	(void)(a && b && c && p.n && q.n && n.n && array[0][0] && users[0] && e.user && literal.n && scalar);
}

struct pair at_file_scope = { .user = (char *)16 };	// expected-warning {{initializing 'pair.user' with '(char *)16' makes it a '__user' pointer}}

void arguments(char __user *u, char *k, void (*call)(char *p, char __user *), void (*const table[])(void *), struct pair *p)
{
	take(u);			// expected-warning {{passing 'u' to parameter 'p' of 'take' drops '__user'; declare 'p' with '__user' if it is for user memory, or cast with '__force' if it is intended}}
	take_user(k);			// expected-warning {{passing 'k' to parameter 'p' of 'take_user' makes it a '__user' pointer}}
	take_two(1, u, k);		// expected-warning {{parameter 'first' of 'take_two' drops}} expected-warning {{parameter 'second' of 'take_two' makes it}}
	call(u, u);			// expected-warning {{passing 'u' to parameter 'p' of 'call' drops}}
	call(k, k);			// expected-warning {{passing 'k' to}}
	(*call)(u, u);			// expected-warning {{passing 'u' to parameter 'p' of 'call' drops}}
	table[0](u);			// expected-warning {{passing 'u' to parameter 1 of 'table' drops}}
	take(p->user);			// expected-warning {{passing 'p->user' to}}
	take(&p->user[1]);		// expected-warning {{passing '&p->user[1]' to}}
	take_user(get());		// expected-warning {{passing 'get()' to parameter 'p' of 'take_user' makes it a '__user' pointer}}
	take_user(get_through());	// expected-warning {{passing 'get_through()' to parameter 'p'}}
	take(get_user_pointer());	// expected-warning {{passing 'get_user_pointer()' to parameter 'p' of 'take' drops '__user'}}
	take_user(get_user_pointer());
	print("%p %p", u, k);
}

char *returns(char __user *u)
{
	return u + 1;			// expected-warning {{returning 'u + 1' from 'returns' drops '__user'; cast with '__force' if it is intended}}
}

void __user *returns_user(char *k, int n)
{
	if (n == 1)
		return k;		// expected-warning {{returning 'k' from 'returns_user' makes it a '__user' pointer; declare 'k'}}
	if (n == 2)
		return (void *)(long)n;	// expected-warning {{returning '(void *)(long)n' from 'returns_user' makes it a '__user' pointer; cast with '__force' if it is intended}}
	return n ? NULL : 0;
}

void arms(char __user *u, char *k, int c)
{
	take_user(c ? u : k);		// expected-warning {{of the two that '?:' chooses from, 'u' is a '__user' pointer and 'k' is not; cast one with '__force' if it is intended}}
	take_user(c ? k : u);		// expected-warning {{of the two that '?:' chooses from, 'u' is}}
	take_user(u ?: k);		// expected-warning {{of the two that '?:' chooses from}}
	take_user(c ? u : NULL);
	take_user(c ? 0 : u);
	take_user(u ?: NULL);
	take_user(c ? NULL : c > 1 ? u : NULL);
	take(c ? u : NULL);		// expected-warning {{passing 'c ? u : NULL' to parameter 'p' of 'take' drops}}
	take_user(c ? k : NULL);	// expected-warning {{makes it a '__user' pointer}}
}
