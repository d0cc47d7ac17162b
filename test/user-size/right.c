// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sizes that somebody looked at.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -fplugin-arg-airlock-advice -I %S/../traps/Inputs -Xclang -verify %s
// expected-no-diagnostics
#include "kernel-api.h"

#define offsetofend(T, f) (offsetof(T, f) + sizeof(((T *)0)->f))
#define min(a, b) ({ __auto_type min_a = (a); __auto_type min_b = (b); min_a < min_b ? min_a : min_b; })

struct small { u32 a, b; };
struct large { u32 a, b, c, d; };
struct text { u32 length; u16 narrow; char at[]; };
struct info { u32 argsz, flags, index, count; u64 offset; };

int fits(void __user *p, struct large *to)
{
	struct large l;

	if (copy_from_user(&l, p, sizeof(struct small)) || copy_from_user(&l.b, p, sizeof(l) - sizeof(l.a)))
		return -EFAULT;
	*to = l;
	return 0;
}

int as_large_as_needed(void __user *p, int n)
{
	struct large *all = kcalloc(4, sizeof(*all), GFP_KERNEL);
	struct large *some = kmalloc(n * sizeof(*some), GFP_KERNEL);

	if (!all || !some || copy_from_user(all, p, 4 * sizeof(*all)) || copy_from_user(some, p, sizeof(*some)))
		return -EFAULT;
	kfree(all);
	kfree(some);
	return 0;
}

int compared(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length) || n > sizeof(buffer))
		return -EINVAL;
	return copy_from_user(buffer, p->at, n) ? -EFAULT : buffer[0];
}

int clamped(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	n = min(n, (u32)sizeof(buffer));
	return copy_from_user(buffer, p->at, n) ? -EFAULT : buffer[0];
}

int masked(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	return copy_from_user(buffer, p->at, n & 63) ? -EFAULT : buffer[0];
}

// A width that bounds it.
void *narrow(struct text __user *p)
{
	u16 n;

	if (get_user(n, &p->narrow))
		return NULL;
	return kmalloc(n, GFP_KERNEL);
}

int argsz(struct info __user *arg)
{
	unsigned long minsz = offsetofend(struct info, flags);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz || info.flags)
		return -EINVAL;
	minsz = offsetofend(struct info, count);
	if (info.argsz >= minsz && copy_from_user(&info, arg, minsz))
		return -EFAULT;
	info.index = 1;
	return copy_to_user(arg, &info, offsetofend(struct info, flags)) ? -EFAULT : 0;
}

int argsz_of_all(struct info __user *arg, char *to)
{
	unsigned long minsz = offsetofend(struct info, count);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz || info.count > 64 || info.argsz - minsz < info.count)
		return -EINVAL;
	return copy_from_user(to, (char __user *)arg + minsz, info.count) ? -EFAULT : 0;
}

int argsz_is_the_size(struct info __user *arg, char *to, size_t room)
{
	unsigned long minsz = offsetofend(struct info, flags);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz || info.argsz - minsz > room)
		return -EINVAL;
	return copy_from_user(to, (char __user *)arg + minsz, info.argsz - minsz) ? -EFAULT : 0;
}

int validate(struct info *info, size_t *size);

int argsz_elsewhere(struct info __user *arg, char *to)
{
	unsigned long minsz = offsetofend(struct info, count);
	struct info info;
	size_t size;
	int error;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz)
		return -EINVAL;
	error = validate(&info, &size);
	if (error)
		return error;
	return copy_from_user(to, (char __user *)arg + minsz, info.count) ? -EFAULT : 0;
}

static int size_of_version(u32 version) { return version == 1 ? 16 : -EINVAL; }
static int size_of_any(u32 version) { return version == 1 ? 16 : 24; }

int looked_at(u32 version, void *to, void __user *from)
{
	int size = size_of_version(version);

	if (size < 0)
		return size;
	return copy_from_user(to, from, size) ? -EFAULT : 0;
}

int cannot_fail(u32 version, void *to, void __user *from)
{
	return copy_from_user(to, from, size_of_any(version)) ? -EFAULT : 0;
}

// What is left is compared, and not argsz itself.
int what_is_left(struct info __user *arg, u64 *to)
{
	unsigned long minsz = offsetofend(struct info, count);
	struct info info;
	size_t left;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz)
		return -EINVAL;
	left = info.argsz - minsz;
	if (!left || left < sizeof(*to))
		return -EINVAL;
	return copy_from_user(to, (char __user *)arg + minsz, sizeof(*to)) ? -EFAULT : 0;
}

// Both ends, either way around, and in the other branch.
int both_ends(struct text __user *p, bool once)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	if (n < 4 || n > sizeof(buffer))
		return -EINVAL;
	if (once)
		return copy_from_user(buffer, p->at, n) ? -EFAULT : 0;
	if (get_user(n, &p->length))
		return -EFAULT;
	if (sizeof(buffer) >= n)
		return copy_from_user(buffer, p->at, n) ? -EFAULT : 0;
	return -EINVAL;
}

int exactly(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length) || n != sizeof(buffer))
		return -EINVAL;
	return copy_from_user(buffer, p->at, n) ? -EFAULT : buffer[0];
}

static bool is_good(u32 n) { return n <= 64; }

int asked(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length) || !is_good(n))
		return -EINVAL;
	return copy_from_user(buffer, p->at, n) ? -EFAULT : buffer[0];
}
