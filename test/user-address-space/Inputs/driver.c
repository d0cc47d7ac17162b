// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One of each kind, for tests that compare ways to run the rule.
struct req { int a; char name[8]; struct req __user *next; };

void take(void *p);

long driver(struct req __user *r, struct req *k, char __user * __user *argv)
{
	take(r);
	take((void *)r->name);
	take((__force void *)r);
	k->next = k;
	take(argv + 1);
	return r->a;
}
