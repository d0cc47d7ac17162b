// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Idioms of the kernel that touch a pointer and leak nothing: EXPORT_SYMBOL(), cmpxchg(); and what READ_ONCE() hides is
// named by what it is, not by the type of the cast.
// RUN: %airlock_cc -std=gnu11 -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

typedef int (*uaccess_fn)(int) __uaccess;
typedef int (*plain_fn)(int);
struct dev { uaccess_fn fn; };

#define ___ADDRESSABLE(sym) static void * __attribute__((used)) addressable_##sym = (void *)(unsigned long)&sym;
#define EXPORT_SYMBOL(sym) extern __typeof__(sym) sym; ___ADDRESSABLE(sym)

int __uaccess my_get(int n) { return n; }
int __uaccess my_put(int n) { return my_get(n); }
EXPORT_SYMBOL(my_get)

#define __raw_cmpxchg(ptr, old, new) ({			\
	__typeof__(*(ptr)) __ret, __old = (old), __new = (new);	\
	asm volatile("" : "=a"(__ret) : "r"(__new), "0"(__old) : "memory"); \
	__ret;						\
})
#define cmpxchg(ptr, old, new) __raw_cmpxchg(ptr, old, new)
#define READ_ONCE(x) (*(const volatile __typeof__(_Generic((x), default: (x))) *)&(x))

int __uaccess exchange(struct dev *d)
{
	return cmpxchg(&d->fn, (uaccess_fn)0, my_get) != 0;
}

void named(struct dev *d)
{
	plain_fn p = READ_ONCE(d->fn); // expected-warning {{initializing 'p' with 'dev.fn' drops context 'uaccess'}}

	READ_ONCE(d->fn)(1); // expected-warning {{'named' calls through 'dev.fn', which needs}}
	(void)p;
}
