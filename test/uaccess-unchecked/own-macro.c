// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// On some machines the accessors that need not check do: what counts is how the macro is defined here. Such a check is of
// what is accessed; that there is one says nothing of the rest of the object.
// RUN: %airlock_cc -DCHECKS -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -Xclang -verify %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -Xclang -verify=lacks -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#define __user __attribute__((address_space(1)))
int address_is_good(const void __user *p, unsigned long n);
#define access_ok(p, n) __builtin_expect(!!address_is_good(p, n), 1)
unsigned long __copy_to_user(void __user *to, const void *from, unsigned long n);

#define read_word(x, p) asm volatile("" : "=r"(x) : "r"(p))
#define write_word(x, p) asm volatile("" : : "r"(x), "r"(p))
#ifdef CHECKS
#define if_good(p, access, bad) do { if (access_ok(p, sizeof(*(p)))) { access; } else { (bad) = -14; } } while (0)
#else
#define if_good(p, access, bad) do { access; } while (0)
#endif
#define __get_user_error(x, p, bad) if_good(p, read_word(x, p), bad)
#define __put_user_error(x, p, bad) if_good(p, write_word(x, p), bad)
#define __get_user(x, p) ({ int __bad = 0; __get_user_error(x, p, __bad); __bad; })

struct frame { long a, b; char mask[16]; };
struct layout { struct frame __user *frame; };

int reads(long __user *p)
{
	long v = 0;

	return __get_user(v, p) ? -14 : v; // lacks-warning {{'__get_user' reads user memory through 'p', which nothing has checked}}
}

static int place(struct layout *l, unsigned long at)
{
	l->frame = (struct frame __user *)at;
	return access_ok(l->frame, sizeof(*l->frame)) ? 0 : -14;
}

static int fill(struct layout *l, char *mask)
{
	struct frame __user *f = l->frame;
	int bad = 0;

	__put_user_error(1L, &f->a, bad);
	bad |= __copy_to_user(&f->mask, mask, 16) ? -14 : 0;
	return bad;
}

int deliver(unsigned long at, char *mask)
{
	struct layout l;

	return place(&l, at) ? -14 : fill(&l, mask);
}

/* What is in the body of a macro is called as it is written there. */
#define read_all(to, from)						\
	do {								\
		long __user *__words = (from);				\
		for (int i = 0; i < 4; i++)				\
			__get_user((to)[i], &__words[i]);		\
	} while (0)
int reads_all(long *to, long __user *p)
{
	read_all(to, p); // lacks-warning {{'__get_user' reads user memory through '&__words[i]', which nothing has checked}}
	return 0;
}
