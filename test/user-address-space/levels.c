// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Pointers to pointers: each level is user memory or not.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

struct args { const char __user * const __user *argv; };

void take_place(char __user **p);
void take_plain_place(char **p);
void take_user_place(char __user * __user *p);
void take_user_place_of_plain(char * __user *p);
void take_anything(void *p);
void take_any_user(void __user *p);
void take_const_user(const void __user *p);

void pass(char **kk, char __user **ku, char * __user *uk, char __user * __user *uu, void **v)
{
	take_plain_place(ku);		// expected-warning {{passing 'ku' to parameter 'p' of 'take_plain_place', and only one of them points to '__user' pointers; declare both alike}}
	take_place(kk);			// expected-warning {{only one of them points to '__user' pointers}}
	take_place(ku);
	take_place(uk);			// expected-warning {{passing 'uk' to parameter 'p' of 'take_place' drops '__user'}}
	take_place(uu);			// expected-warning {{drops '__user'}}
	take_user_place(ku);		// expected-warning {{makes it a '__user' pointer}}
	take_user_place(uk);		// expected-warning {{only one of them points to '__user' pointers}}
	take_user_place(uu);
	take_user_place_of_plain(uk);
	take_user_place_of_plain(uu);	// expected-warning {{only one of them points to '__user' pointers}}
	take_anything(kk);
	take_anything(ku);
	take_anything(uk);		// expected-warning {{drops '__user'}}
	take_anything(uu);		// expected-warning {{drops '__user'}}
	take_any_user(uk);
	take_any_user(uu);
	take_any_user(ku);		// expected-warning {{makes it a '__user' pointer}}
	take_any_user(*ku);
	take_anything(*kk);
	take_anything(*v);
}

void look(char __user **ku, char * __user *uk, char __user * __user *uu, struct args *a, char __user *array[4])
{
	char __user *p = *ku;
	char __user *const q = ku[1];

	p = array[2];
	take_place(array);
	take_place(&array[1]);
	take_place(&p);
	p = *uu;			// expected-warning {{'uu' points into user memory, which is read}}
	take_anything(*uk);		// expected-warning {{'uk' points into user memory, which is read}}
	take_any_user(*uk);		// expected-warning {{'uk' points into user memory, which is read}} expected-warning {{passing '*uk' to parameter 'p' of 'take_any_user' makes it}}
	take_const_user(a->argv[0]);	// expected-warning {{'a->argv' points into user memory, which is read}}
	take_const_user(&a->argv[1]);
	take_any_user(q);
}

char __user **cast_places(char **kk, char __user * __user *uu)
{
	char **plain = (char **)(char __user **)kk;

	plain = (char **)uu;		// expected-warning {{cast of 'uu' to 'char **' drops '__user'}}
	return (char __user **)plain;	// the address of a pointer may be cast to anything, as sparse has it
}

// Nothing is declared in user memory: behind a comma the word is about what the pointer leads to, as sparse has it.
struct after_comma { int a, __user *b; int c, __user **d; };

int use_user(void __user *p);

int after_comma(struct args __user *up, struct after_comma *s, char *k)
{
	struct args one, __user *two = up;
	struct args three, __user *four = (struct args *)k;	// expected-warning {{makes it a '__user' pointer}}
	char __user **places = (char __user **)k, __user *five;
	(void)one, (void)three, (void)places, (void)four;
	five = k;				// expected-warning {{makes it a '__user' pointer}}
	return use_user(two) + use_user(s->b) + use_user(*s->d) + use_user(five) +
	       *s->b;				// expected-warning {{'s->b' points into user memory, which is read as if it were the kernel's}}
}
