// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is called by another name is one call, of the name that is written: clear_user() looks at the address, whatever the
// function behind it is called.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#define __user __attribute__((address_space(1)))
int access_ok(const void __user *p, unsigned long n);
unsigned long arch_clear(void __user *to, unsigned long n);
static inline unsigned long __clear_user(void __user *to, unsigned long n)
{
	if (access_ok(to, n))
		n = arch_clear(to, n);
	return n;
}
#define clear_user __clear_user
#define copy_to_user copy_to_user
unsigned long copy_to_user(void __user *to, const void *from, unsigned long n);
long strnlen_user(const char __user *s, long n);
#define check_zeroed_user(p, n) strnlen_user(p, n)
#define wipe clear_user
typedef struct spinlock { int x; } spinlock_t;
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);

int plain(void __user *p) { return clear_user(p, 16) ? -14 : 0; }
int renamed_again(void __user *p) { return wipe(p, 16) ? -14 : 0; }
int behind(void __user *p) { return __clear_user(p, 16) ? -14 : 0; } // expected-warning {{'__clear_user' writes user memory through 'p', which nothing has checked}}

int under_lock(spinlock_t *l, void __user *p, int *v)
{
	int r;

	spin_lock(l);
	r = clear_user(p, 16); // expected-warning {{'under_lock' expands 'clear_user', which may sleep in a user page fault, while a spinlock is held}}
	r += wipe(p, 16); // expected-warning {{'under_lock' expands 'wipe', which may sleep in a user page fault}}
	r += copy_to_user(p, v, 4); // expected-warning {{'under_lock' calls 'copy_to_user', which may sleep in a user page fault}}
	r += check_zeroed_user(p, 16); // expected-warning {{'under_lock' expands 'check_zeroed_user', which may sleep in a user page fault}}
	spin_unlock(l);
	return r;
}
