// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A check in the body of a macro is that of what the macro accesses. Where an address is kept in an
// object, whoever put it there may have checked all of it; the macro's check takes nothing of that away.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -fplugin-arg-airlock-advice -Xclang -verify=expected,advice -Xclang -verify-ignore-unexpected=note %s
#define __user __attribute__((address_space(1)))
int access_ok(const void __user *p, unsigned long n);
unsigned long __copy_to_user(void __user *to, const void *from, unsigned long n);

#define store_user(x, p)						\
	({								\
		long __user *__p = (p);					\
		int __bad = -14;					\
		if (access_ok(__p, sizeof(*__p))) {			\
			asm volatile("" :: "r"(x), "r"(__p));		\
			__bad = 0;					\
		}							\
		__bad;							\
	})
#define likely(x) __builtin_expect(!!(x), 1)

struct frame { long a, b; char mask[16]; };
struct job { struct frame __user *frame; };

int macro_checks_its_own(struct job *j, char *mask)
{
	int bad = store_user(1, &j->frame->a);

	bad |= __copy_to_user(&j->frame->mask, mask, 16);	// advice-remark {{through '&j->frame->mask', which nothing here checks}}
	return bad;
}

int function_checks_too_little(struct job *j, char *mask)
{
	if (!access_ok(j->frame, sizeof(long)))
		return -14;
	return __copy_to_user(&j->frame->mask, mask, 16);	// expected-warning {{through '&j->frame->mask', beyond what was checked}}
}

/* The check is an argument that the function wrote itself. */
int within_an_argument(struct job *j, char *mask)
{
	if (!likely(access_ok(j->frame, sizeof(long))))
		return -14;
	return __copy_to_user(&j->frame->mask, mask, 16);	// expected-warning {{beyond what was checked}}
}

int macro_checks_all(struct job *j, char *mask)
{
	int bad = store_user(1, (long __user *)&j->frame->mask);

	return bad ? bad : __copy_to_user(&j->frame->mask, mask, sizeof(long));
}
