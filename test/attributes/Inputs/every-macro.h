// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every macro of airlock.h in use, in places that any C compiler's parser knows.
#include <airlock.h>

int __uaccess get_value(int n);
int put_value(int n) __uaccess;
int long_form(int n) __in_context(uaccess);
int enter(int n) __context_entry(uaccess);
void sleeps(void) __may_sleep;
void never_sleeps(void) __no_sleep;
void safe(void) __uaccess_safe;
void faults(void) __effect(user_fault);
void never_faults(void) __never(user_fault);
void safe_too(void) __safe_in(uaccess);
void opens(void) __enters(uaccess);
void closes(void) __exits(uaccess);
int opens_if(void) __cond_enters(true, uaccess);
int closes_if(void) __cond_exits(false, uaccess);
void checked(const void *ptr __prevalidated, unsigned long size);
void copy(void *to, const void __user *from, unsigned long size);
void allowed(void) __airlock_allow("context-call", "why");

typedef int (*accessor_ptr)(int n) __uaccess;

struct ops {
	int (*run)(int n) __uaccess;
	accessor_ptr typed;
	void *base __prevalidated;
};

static inline int __uaccess defined(struct ops *o, int n)
{
	int (*local)(int n) __uaccess = o->run;

	__airlock_allow("context-call", "why")
	n = local(n);
	return n;
}

static inline void *cast(struct ops *o)
{
	return (__force void *)o->base;
}
