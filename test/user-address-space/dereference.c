// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a pointer into user memory points to is read or written as if it were the kernel's.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note -fplugin-arg-airlock-model=linux %s
#include <airlock.h>

struct inner { int v; char __user *text; };
struct req { int a; int arr[4]; int grid[2][3]; char __user *buf; char *kbuf; struct inner in; struct req __user *next; };
struct holder { struct req __user *req; };
typedef int int_user __user;
typedef int (*callback)(int);

int reads(int __user *p, const char __user *s, struct req __user *r, struct holder *h)
{
	int x = *p;		// expected-warning {{'p' points into user memory, which is read as if it were the kernel's; use 'get_user' [airlock-user-address-space]}}

	x += p[3];		// expected-warning {{'p' points into user memory}}
	x += s[0];		// expected-warning {{'s' points into user memory}}
	x += *(s + 1);		// expected-warning {{'s + 1' points into user memory}}
	x += *s++;		// expected-warning {{'s++' points into user memory}}
	x += 3[p];		// expected-warning {{'p' points into user memory}}
	x += r->a;		// expected-warning {{'r' points into user memory}}
	x += (*r).a;		// expected-warning {{'r' points into user memory}}
	x += r->in.v;		// expected-warning {{'r' points into user memory}}
	x += r->arr[1];		// expected-warning {{'r->arr' points into user memory}}
	x += *r->arr;		// expected-warning {{'r->arr' points into user memory}}
	x += r->grid[1][2];	// expected-warning {{points into user memory}}
	x += h->req->a;		// expected-warning {{'h->req' points into user memory}}
	x += *&r->a;		// expected-warning {{'&r->a' points into user memory}}
	x += *(int __user *)h;	// expected-warning {{points into user memory}}
	x += r->next->a;	// expected-warning {{'r->next' points into user memory}} expected-warning {{'r' points into user memory}}
	return x;
}

void writes(int __user *p, struct req __user *r, struct req *k)
{
	*p = 1;			// expected-warning {{'p' points into user memory, which is written as if it were the kernel's; use 'put_user'}}
	p[1] = 2;		// expected-warning {{which is written}}
	r->a = 3;		// expected-warning {{which is written}}
	r->arr[2] = 4;		// expected-warning {{which is written}}
	(*p)++;			// expected-warning {{which is written}}
	--r->a;			// expected-warning {{which is written}}
	*p += 2;		// expected-warning {{which is written}}
	r->in.v |= 2;		// expected-warning {{which is written}}
	r->kbuf = 0;		// expected-warning {{which is written}}
	*r = *k;		// expected-warning {{which is written}}
	*k = *r;		// expected-warning {{which is read}}
	k->in = r->in;		// expected-warning {{which is read}}
}

int everywhere(int __user *p, struct req __user *r, int_user *t)
{
	int k[2] = { 0, *p };	// expected-warning {{which is read}}
	struct inner in = { .v = r->a }; // expected-warning {{which is read}}

	if (*p)			// expected-warning {{which is read}}
		k[0]++;
	while (r->a > 3)	// expected-warning {{which is read}}
		k[0]--;
	switch (*t) {		// expected-warning {{which is read}}
	case 1:
		return k[*p];	// expected-warning {{which is read}}
	}
	everywhere(p, r, k[1] ? t : &k[0] + r->a); // expected-warning {{of the two that '?:' chooses from}} expected-warning {{which is read}}
	return r->a ? in.v : 0; // expected-warning {{which is read}}
}

int through_function_pointer(callback __user *table, int (__user *code)(int))
{
	return table[1](3) +	// expected-warning {{'table' points into user memory, which is read}}
	       code(4);		// expected-warning {{'code' points into user memory and is called}}
}
