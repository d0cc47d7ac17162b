// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// More than there is room for, more than was promised, and less than nothing.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=user-size -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

#define offsetofend(T, f) (offsetof(T, f) + sizeof(((T *)0)->f))

struct small { u32 a, b; };
struct large { u32 a, b, c, d; };

int wrong_type(void __user *p, struct small *to)
{
	struct small s;

	if (copy_from_user(&s, p, sizeof(struct large))) // expected-warning {{'copy_from_user' copies 16 bytes to '&s', which has 8 bytes [airlock-user-size]}}
		return -EFAULT;
	*to = s;
	return 0;
}

int allocated(void __user *p)
{
	struct small *s = kmalloc(sizeof(*s), GFP_KERNEL);

	if (s && copy_from_user(s, p, sizeof(struct large))) // expected-warning {{'copy_from_user' copies 16 bytes to 's', which has 8 bytes}}
		return -EFAULT;
	kfree(s);
	return 0;
}

struct text { u32 length; char at[]; };

int says_itself(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length))
		return -EFAULT;
	if (!n)
		return 0;
	if (copy_from_user(buffer, p->at, n)) // expected-warning {{'copy_from_user' copies as many bytes as user memory says to 'buffer', which has 64 bytes; compare the size first}}
		return -EFAULT;
	return buffer[0];
}

// Not less than something is no bound.
int lower_bound(struct text __user *p)
{
	char buffer[64];
	u32 n;

	if (get_user(n, &p->length) || n < 4)
		return -EINVAL;
	return copy_from_user(buffer, p->at, n) ? -EFAULT : buffer[0]; // expected-warning {{'copy_from_user' copies as many bytes as user memory says to 'buffer', which has 64 bytes}}
}

// argsz and minsz, as in VFIO.
struct info { u32 argsz, flags, index, count; u64 offset; };

int past_argsz(struct info __user *arg)
{
	unsigned long minsz = offsetofend(struct info, flags);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz)
		return -EINVAL;
	if (copy_from_user(&info, arg, sizeof(info))) // expected-warning {{'copy_from_user' goes up to byte 24 of user memory that was only compared to have 8 bytes; compare its size with all that is accessed}}
		return -EFAULT;
	return info.index;
}

int writes_past_argsz(struct info __user *arg)
{
	unsigned long minsz = offsetofend(struct info, count);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz)
		return -EINVAL;
	info.offset = 0;
	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0; // expected-warning {{'copy_to_user' goes up to byte 24 of user memory that was only compared to have 16 bytes}}
}

int count_not_compared(struct info __user *arg, char *to)
{
	unsigned long minsz = offsetofend(struct info, count);
	struct info info;

	if (copy_from_user(&info, arg, minsz))
		return -EFAULT;
	if (info.argsz < minsz || info.count > 64)
		return -EINVAL;
	return copy_from_user(to, (char __user *)arg + minsz, info.count) ? -EFAULT : 0; // expected-warning {{'copy_from_user' takes its size from user memory that was only compared to have 16 bytes}}
}

// A lookup that fails.
static int size_of_version(u32 version)
{
	switch (version) {
	case 1:
		return 16;
	case 2:
		return 24;
	default:
		return -EINVAL;
	}
}

void *copied(u32 version, void __user *from)
{
	int size = size_of_version(version);
	void *to = memdup_user(from, size); // expected-warning {{the size of 'memdup_user' comes from 'size_of_version', which may return a negative error; look for one first}}

	return to;
}

int copied_directly(u32 version, void *to, void __user *from)
{
	return copy_from_user(to, from, size_of_version(version)) ? -EFAULT : 0; // expected-warning {{the size of 'copy_from_user' comes from 'size_of_version', which may return a negative error}}
}

int copied_with_a_header(u32 version, void *to, void __user *from)
{
	long n = size_of_version(version);

	return copy_from_user(to, from, n + 8) ? -EFAULT : 0; // expected-warning {{which may return a negative error}}
}
