// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Explicit casts: dropping '__user' takes '__force'; adding it is advice; integers are free.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -fplugin-arg-airlock-advice -Xclang -verify=expected,advice -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef unsigned long uintptr_t;
typedef unsigned long long u64;
typedef unsigned int compat_uptr_t;
typedef void __user *user_ptr;
typedef char *plain_ptr;
#define NULL ((void *)0)
#define u64_to_user_ptr(x) ({ (void)(x); (void __user *)(uintptr_t)(x); })
#define FORCED(T, p) ((__force T)(p))
#define PLAIN(p) ((void *)(p))
#define CAST(T, p) ((T)(p))

static inline void __user *compat_ptr(compat_uptr_t u) { return (void __user *)(uintptr_t)u; }
static inline compat_uptr_t ptr_to_compat(void __user *u) { return (uintptr_t)u; }

struct req { int a; char text[8]; };
void take(const void *p);
void take_user(const void __user *p);

void drops(struct req __user *r, user_ptr u)
{
	take((void *)r);		// expected-warning {{cast of 'r' to 'void *' drops '__user'; write '__force' in the cast if it is intended [airlock-user-address-space]}}
	take((struct req *)u);		// expected-warning {{cast of 'u' to 'struct req *' drops}}
	take((plain_ptr)u);		// expected-warning {{cast of 'u' to 'plain_ptr' drops}}
	take((char *)&r->a);		// expected-warning {{cast of '&r->a' to 'char *' drops}}
	take((void *)r->text);		// expected-warning {{cast of 'r->text' to 'void *' drops}}
	take(PLAIN(u));			// expected-warning {{cast of 'u' to 'void *' drops}}
	take(CAST(void *, u));		// expected-warning {{cast of 'u' to 'void *' drops}}
	take((void *)(void *)u);	// expected-warning {{cast of 'u' to 'void *' drops}}
	take((void *)(char __user *)u);	// expected-warning {{cast of '(char __user *)u' to 'void *' drops}}
	(void)((struct req *)r)->a;	// expected-warning {{cast of 'r' to 'struct req *' drops}}
}

void on_purpose(struct req __user *r, user_ptr u, void *k)
{
	take((__force void *)r);
	take((void __force *)r);
	take((void * __force)r);
	take((__force struct req *)u);
	take((__force const char *)r->text);
	take(FORCED(void *, u));
	take(CAST(__force void *, u));
	take_user((__force void __user *)k);
	take_user((void __user __force *)k);
	take_user(FORCED(void __user *, k));
	take_user((__force user_ptr)k);
	(void)((__force struct req *)r)->a;
	take((__force __typeof__(*r) *)r);
	take_user((__force __typeof__(r))k);
}

/* The result of a forced cast is what is written, and no more. */
void results(user_ptr u, void *k)
{
	take((__force void __user *)u);	// expected-warning {{passing '(__force void __user *)u' to parameter 'p' of 'take' drops}}
	take_user((__force void *)k);	// expected-warning {{makes it a '__user' pointer; declare 'k' with}}
	take_user((__force void *)u);	// expected-warning {{passing '(__force void *)u' to parameter 'p' of 'take_user' makes it a '__user' pointer; cast with '__force' if it is intended}}
}

void adds(struct req *r, void *k, char text[8])
{
	take_user((void __user *)r);	// advice-remark {{cast of 'r' to 'void __user *' adds '__user'; write '__force' in the cast to say that it is intended}}
	take_user((user_ptr)k);		// advice-remark {{cast of 'k' to 'user_ptr' adds '__user'}}
	take_user((char __user *)text);	// advice-remark {{adds '__user'}}
	take_user((char __user *)&r->a); // advice-remark {{adds '__user'}}
}

u64 integers(struct req __user *r, u64 from, compat_uptr_t narrow, long fd)
{
	unsigned long address = (unsigned long)r;
	_Bool any = (_Bool)r;

	take_user((void __user *)address);
	take_user((void __user *)(from + 8));
	take_user(u64_to_user_ptr(from));
	take_user(compat_ptr(narrow));
	take_user((void __user *)-1L);
	take_user(NULL);
	take_user(0);
	take_user((void __user *)NULL);
	take_user((struct req __user *)0);
	take((void *)address);
	take_user((void *)fd);		// expected-warning {{passing '(void *)fd' to parameter 'p' of 'take_user' makes it a '__user' pointer}}
	(void)r;
	return (u64)(uintptr_t)r + (u64)r + ptr_to_compat(r) + any;
}

/* '__force' on a parameter, as the kernel's IS_ERR() has it, says that any pointer will do. */
static inline _Bool is_error(__force const void *p) { return (unsigned long)p >= -4095UL; }
static inline _Bool either(int n, const void __force *p, const void *k) { return n || p == k; }

int errors(user_ptr u, void *k)
{
	return is_error(u) || is_error(k) || either(1, u, k) ||
	       either(2, k, u);		// expected-warning {{passing 'u' to parameter 'k' of 'either' drops}}
}
