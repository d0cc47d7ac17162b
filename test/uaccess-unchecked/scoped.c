// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Regions that are the block behind a macro, as kernels from 6.19 have them: the address is masked or checked, what it is
// opened for is in the macro's name, it is closed by a cleanup on every way out, and accessors jump to a label of their own.
// RUN: %airlock_cc -std=gnu11 -Wno-unused -fplugin-arg-airlock-model=linux -DMASKED=0 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu11 -Wno-unused -fplugin-arg-airlock-model=linux -DMASKED=1 -Xclang -verify=expected,masked -Xclang -verify-ignore-unexpected=note %s
#define __user __attribute__((address_space(1)))
#define EFAULT 14
typedef unsigned long size_t;
_Bool user_read_access_begin(const void __user *p, size_t n);
_Bool user_write_access_begin(const void __user *p, size_t n);
_Bool user_rw_access_begin(const void __user *p, size_t n);
void user_read_access_end(void);
void user_write_access_end(void);
void user_rw_access_end(void);
void __uaccess_begin(void);
struct mutex { int owner; };
void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

#define mask_and_open(p)						\
	({								\
		__typeof__(p) __low = (p);				\
		__asm__("" : "+r"(__low));				\
		__uaccess_begin();					\
		__low;							\
	})
#define masked_user_read_access_begin(p) mask_and_open(p)
#define masked_user_write_access_begin(p) mask_and_open(p)
#define masked_user_rw_access_begin(p) mask_and_open(p)

struct scope { int unused; };
static inline void close_read(struct scope *s) { user_read_access_end(); }
static inline void close_write(struct scope *s) { user_write_access_end(); }
static inline void close_rw(struct scope *s) { user_rw_access_end(); }

#define open_scope(mode, p, size, label)				\
	({								\
		__typeof__(p) __opened;					\
		if (MASKED) {						\
			__opened = masked_user_##mode##_access_begin(p);	\
		} else {						\
			__opened = (p);					\
			if (!user_##mode##_access_begin(p, size))	\
				goto label;				\
		}							\
		__opened;						\
	})
#define in_scope(mode, p, size, label)					\
	for (_Bool __done = 0; !__done; __done = 1)			\
		for (__typeof__(p) __opened = open_scope(mode, p, size, label); !__done; __done = 1)	\
			for (struct scope __scope __attribute__((cleanup(close_##mode))) = { 0 }; !__done; __done = 1)	\
				for (const __typeof__(p) p = __opened; !__done; __done = 1)
#define scoped_user_read_access(p, label) in_scope(read, p, sizeof(*(p)), label)
#define scoped_user_write_access(p, label) in_scope(write, p, sizeof(*(p)), label)
#define scoped_user_rw_access(p, label) in_scope(rw, p, sizeof(*(p)), label)

#define unsafe_get_user(x, ptr, label)					\
	do {								\
		__label__ failed;					\
		__asm__ goto("" : : "r"(ptr) : : failed);		\
		(x) = 0;						\
		if (0) {						\
failed:									\
			goto label;					\
		}							\
	} while (0)
#define unsafe_put_user(x, ptr, label)					\
	do {								\
		__label__ failed;					\
		__asm__ goto("" : : "r"(x), "r"(ptr) : : failed);	\
		if (0) {						\
failed:									\
			goto label;					\
		}							\
	} while (0)

#define get_user_inline(x, p)						\
	({								\
		__typeof__(+*(p)) __v;					\
		int __bad = -EFAULT;					\
		__typeof__(p) __from = (p);				\
		scoped_user_read_access(__from, done) {			\
			unsafe_get_user(__v, __from, done);		\
			__bad = 0;					\
		}							\
done:									\
		(x) = __v;						\
		__bad;							\
	})

struct pair { int a, b; };
static struct mutex lock;

int reads_both(struct pair __user *p)
{
	int a, b;

	scoped_user_read_access(p, efault) {
		unsafe_get_user(a, &p->a, efault);
		unsafe_get_user(b, &p->b, efault);
	}
	mutex_lock(&lock);
	mutex_unlock(&lock);
	return a + b;
efault:
	return -EFAULT;
}

int writes(struct pair __user *p, int v)
{
	scoped_user_write_access(p, efault)
		unsafe_put_user(v, &p->a, efault);
	return 0;
efault:
	return -EFAULT;
}

int reads_and_writes(struct pair __user *p)
{
	int a;

	scoped_user_rw_access(p, efault) {
		unsafe_get_user(a, &p->a, efault);
		unsafe_put_user(a, &p->b, efault);
	}
	return 0;
efault:
	return -EFAULT;
}

/* The cleanup closes it on this way, too. */
int returns_from_within(struct pair __user *p)
{
	int a;

	scoped_user_read_access(p, efault) {
		unsafe_get_user(a, &p->a, efault);
		if (a)
			return 1;
	}
	mutex_lock(&lock);
	mutex_unlock(&lock);
	return a;
efault:
	return -EFAULT;
}

int sleeps_within(struct pair __user *p)
{
	int a;

	scoped_user_read_access(p, efault) {
		mutex_lock(&lock);	// expected-warning {{'mutex_lock', which may sleep, while a user access region is open}} expected-warning {{'mutex_lock' is neither '__uaccess_safe' nor shown safe}}
		unsafe_get_user(a, &p->a, efault);
	}
	return a;
efault:
	return -EFAULT;
}

int writes_where_it_reads(struct pair __user *p, int v)
{
	scoped_user_read_access(p, efault)
		unsafe_put_user(v, &p->a, efault);	// expected-warning {{in a user access region that is open for 'read', not for 'write'}}
	return 0;
efault:
	return -EFAULT;
}

int reads_where_it_writes(struct pair __user *p)
{
	int a;

	scoped_user_write_access(p, efault)
		unsafe_get_user(a, &p->a, efault);	// expected-warning {{in a user access region that is open for 'write', not for 'read'}}
	return a;
efault:
	return -EFAULT;
}

int other_address(struct pair __user *p, struct pair __user *q)
{
	int a;

	scoped_user_read_access(p, efault)
		unsafe_get_user(a, &q->a, efault);	// expected-warning {{through '&q->a', which nothing has checked}}
	return a;
efault:
	return -EFAULT;
}

/* What was masked is a copy of the address. */
int after_it(struct pair __user *p)
{
	int a = 0;

	scoped_user_read_access(p, efault)
		unsafe_get_user(a, &p->a, efault);
	unsafe_get_user(a, &p->b, efault);	// expected-warning {{outside a user access region}} masked-warning {{through '&p->b', which nothing has checked}}
	return a;
efault:
	return -EFAULT;
}

/* One accessor made of it: checks by itself, and waits for a fault as get_user() does. */
unsigned long copy_from_user(void *to, const void __user *from, unsigned long n);
typedef struct spinlock { int x; } spinlock_t;
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);
int one_word(spinlock_t *l, int __user *p)
{
	int n;

	spin_lock(l);
	n = get_user_inline(n, p);	// expected-warning {{'one_word' expands 'get_user_inline', which may sleep in a user page fault, while a spinlock is held}}
	spin_unlock(l);
	return n;
}

int size_of_it(int __user *p, const char __user *q)
{
	char buf[8];
	unsigned n;

	if (get_user_inline(n, (unsigned __user *)p))
		return -EFAULT;
	return copy_from_user(buf, q, n);	// expected-warning {{'copy_from_user' copies as many bytes as user space says to 'buf'}}
}
