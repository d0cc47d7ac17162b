// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Who fills what is declared '__prevalidated' is held to it.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"

struct ring { int __user *used __prevalidated; int __user *other; };
struct request { u64 at; };

int use(int __user *p __prevalidated);
static int pass_on(int __user *p);

int passes(int __user *p)
{
	return use(p); // expected-warning {{passing 'p', which nothing has checked, to 'use', which declares it '__prevalidated'; call 'access_ok' first [airlock-uaccess-unchecked]}}
}

int checks(int __user *p) { return access_ok(p, sizeof(*p)) ? use(p) : -EFAULT; }
int has_promised(int __user *p __prevalidated) { return use(p); }
int checks_for_it(int __user *p) { return access_ok(p, sizeof(*p)) ? pass_on(p) : -EFAULT; }
static int pass_on(int __user *p) { return use(p); }

void stores(struct ring *r, int __user *p)
{
	r->used = p; // expected-warning {{a user pointer that nothing has checked is stored where it is declared '__prevalidated'; call 'access_ok' first}}
	r->other = p;
}

int stores_checked(struct ring *r, int __user *p)
{
	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	r->used = p;
	return 0;
}

void forgets(struct ring *r) { r->used = NULL; }
void copies(struct ring *to, const struct ring *from) { to->used = from->used; }

int from_user(struct ring *r, struct request __user *p)
{
	struct request q;

	if (copy_from_user(&q, p, sizeof(q)))
		return -EFAULT;
	r->used = (int __user *)(unsigned long)q.at; // expected-warning {{stored where it is declared '__prevalidated'}}
	return 0;
}

int from_user_checked(struct ring *r, struct request __user *p)
{
	struct request q;

	if (copy_from_user(&q, p, sizeof(q)))
		return -EFAULT;
	if (!access_ok((int __user *)(unsigned long)q.at, sizeof(int)))
		return -EFAULT;
	r->used = (int __user *)(unsigned long)q.at;
	return 0;
}

void initialises(int __user *p)
{
	struct ring r = { .used = p }; // expected-warning {{stored where it is declared '__prevalidated'}}

	(void)r;
}
