// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Who checks, however it is written.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify %s
// expected-no-diagnostics
#include "kernel-api.h"

struct info { int a, b; char name[16]; struct info __user *next; };

int checked(int __user *p)
{
	int x;

	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	return __get_user(x, p) ?: x;
}

int by_itself(struct info __user *p, struct info *to)
{
	int x;

	return get_user(x, &p->a) || copy_from_user(to, p, sizeof(*p)) ? -EFAULT : x;
}

int opened(struct info __user *p, int a)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(a, &p->a, fault);
	unsafe_put_user(a, &p->b, fault);
	unsafe_put_user(a, &p->name[3], fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int masked(struct info __user *p)
{
	int x;

	if (can_do_masked_user_access())
		p = masked_user_access_begin(p);
	else if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(x, &p->a, fault);
	user_access_end();
	return x;
fault:
	user_access_end();
	return -EFAULT;
}

int in_a_variable(struct info __user *p)
{
	bool fine = access_ok(p, sizeof(*p));
	int __user *at = &p->b;
	int x;

	if (!fine)
		return -EFAULT;
	return __get_user(x, at) ?: x;
}

int condition(int __user *p, int n)
{
	int x = 0;

	if (n > 0 && access_ok(p, sizeof(*p)) && !__get_user(x, p))
		return x;
	return access_ok(p, 4) ? __get_user(x, p) : -EFAULT;
}

int sized(char __user *p, size_t n, char *to)
{
	size_t i;

	if (!access_ok(p, n))
		return -EFAULT;
	for (i = 0; i < n; i++)
		if (__get_user(to[i], p + i))
			return -EFAULT;
	while (n--)
		if (__get_user(*to++, p++))
			return -EFAULT;
	return 0;
}

// Helpers: one that says whether, one that fails, one that is told.
static bool is_fine(struct info __user *p) { return p && access_ok(p, sizeof(*p)); }

static int validate(struct info __user *p)
{
	if (!access_ok(p, sizeof(*p)))
		return -EFAULT;
	return 0;
}

int asked(struct info __user *p)
{
	int x;

	if (!is_fine(p))
		return -EFAULT;
	return __get_user(x, &p->a) ?: x;
}

int asked_for_an_error(struct info __user *p)
{
	int x, error = validate(p);

	if (error)
		return error;
	return __get_user(x, &p->b) ?: x;
}

int error_below_zero(struct info __user *p)
{
	int x, error = validate(p);

	if (error < 0)
		return error;
	return __get_user(x, &p->b) ?: x;
}

static int told(int __user *p)
{
	int x;

	return __get_user(x, p) ?: x;
}

int tells(struct info __user *p) { return access_ok(p, sizeof(*p)) ? told(&p->b) : -EFAULT; }
int tells_as_well(int __user *p) { return access_ok(p, sizeof(*p)) ? told(p) : -EFAULT; }

int promised(int __user *p __prevalidated)
{
	int x;

	return __get_user(x, p) ?: x;
}

struct ring { struct info __user *used __prevalidated; };

int kept(struct ring *r)
{
	int x;

	return __get_user(x, &r->used->a) ?: x;
}

// A macro with arguments that checks, and one that reads.
#define CHECKED(p) access_ok((p), sizeof(*(p)))
#define READ(x, p) __get_user((x), (p))

int macros(struct info __user *p)
{
	int x;

	if (!CHECKED(p))
		return -EFAULT;
	return READ(x, &p->a) ?: x;
}

int atomic(int __user *p, int old)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	if (unsafe_try_cmpxchg_user(p, &old, 1, fault))
		old = 0;
	user_access_end();
	return old;
fault:
	user_access_end();
	return -EFAULT;
}

// A function that runs in the region of its caller.
static int inside(int __user *p __prevalidated)
{
	int x;

	unsafe_get_user(x, p, fault);
	return x;
fault:
	return -EFAULT;
}

int opens_for_it(int __user *p)
{
	int x;

	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	x = inside(p);
	user_access_end();
	return x;
}

/* An accessor that checks by itself has checked, for the next one too, here or in a helper. */
int length_told(int length, int __user *ulen)
{
	int x, error = get_user(x, ulen);

	if (error)
		return error;
	return x < length ? __put_user(length, ulen) : -EINVAL;
}

static int fetch_info(struct info *to, struct info __user *from)
{
	if (copy_from_user(to, from, sizeof(*to)))
		return -EFAULT;
	return to->a ? 0 : -EINVAL;
}

int answer(struct info __user *p)
{
	struct info info;

	if (fetch_info(&info, p))
		return -EFAULT;
	return __put_user(info.b, &p->b);
}

static int checked_first(int __user *p, int depth)
{
	int x = 0;

	return depth ? checked_first(p, depth - 1) : __get_user(x, p) ?: x;
}

int checks_first(int __user *p)
{
	return access_ok(p, sizeof(*p)) ? checked_first(p, 3) : -EFAULT;
}
