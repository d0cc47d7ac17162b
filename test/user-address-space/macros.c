// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A primitive's insides are its business, its arguments are not; what an expansion does it does once.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -I %S/../traps/Inputs %s
#include "kernel-api.h"

struct req { int a; int *inner; int __user *result; };

/* A macro that nobody knows is looked into. */
#define peek(p) ({ int twice = *(p); twice + *(p) + *(p); })
#define peek_both(p, q) (*(p) + *(q))
#define copy_both(to, p) (copy_from_user(to, p, sizeof(*(p))) || copy_to_user(p, to, sizeof(*(p))))

int known(int __user *p, struct req __user *r)
{
	int x = 0;

	if (get_user(x, p) || put_user(x, &r->a) || get_user(x, &r[1].a))
		return -EFAULT;
	if (!user_access_begin(r, sizeof(*r)))
		return -EFAULT;
	unsafe_get_user(x, p, out);
	unsafe_put_user(x, &r->a, out);
out:
	user_access_end();
	return __get_user(x, p) ?: __put_user(x, p) ?: copy_both(&x, p);
}

int arguments(int __user *p, struct req __user *r)
{
	int x = 0;

	if (put_user(*p, &r->a))		// expected-warning {{'p' points into user memory, which is read}}
		return 1;
	return get_user(x, r->result);		// expected-warning {{'r' points into user memory, which is read}}
}

int unknown(int __user *p, int __user *q)
{
	return peek(p) +			// expected-warning {{'p' points into user memory}}
	       peek_both(p, q);			// expected-warning {{'p' points into user memory}}
}

#define MARK __user
#define AS_USER MARK
int through_macros(int AS_USER *p)
{
	return *p;				// expected-warning {{'p' points into user memory}}
}

/* An accessor that is a macro has no parameters to declare; the model knows which is the pointer. */
int kernel_pointers(int *k, struct req *r, int __user *p, int array[4])
{
	int x = 0, local[2];

	if (get_user(x, k) ||			// expected-warning {{passing 'k' to parameter 2 of 'get_user' makes it a '__user' pointer; declare 'k' with '__user' if it is one, or cast with '__force' if it is intended}}
	    put_user(x, &r->a) ||		// expected-warning {{passing '&r->a' to parameter 2 of 'put_user' makes it}}
	    put_user(x, r->inner) ||		// expected-warning {{passing 'r->inner' to parameter 2 of 'put_user' makes it a '__user' pointer; declare 'req.inner'}}
	    get_user(x, array + 1) ||		// expected-warning {{passing 'array + 1' to}}
	    get_user(x, local) ||		// expected-warning {{passing 'local' to}}
	    __get_user(x, (__force int *)p) ||	// expected-warning {{passing '(__force int *)p' to parameter 2 of '__get_user' makes it}}
	    get_user(x, (int __user *)NULL) || get_user(x, &p[x]) || put_user(x, r->result) || put_user(local[0], p))
		return -EFAULT;
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(x, k, out);		// expected-warning {{passing 'k' to parameter 2 of 'unsafe_put_user' makes it}}
out:
	user_access_end();
	return x;
}
