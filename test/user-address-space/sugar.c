// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The tag is followed through typeof, __auto_type, typedefs, temporaries of macros and compile-time choices.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include <airlock.h>

#define NULL ((void *)0)
#define READ_ONCE(x) (*(const volatile __typeof__(_Generic((x), char: (char)0, default: (x))) *)&(x))
#define WRITE_ONCE(x, v) do { *(volatile __typeof__(x) *)&(x) = (v); } while (0)
#define xchg(p, v) ({ __typeof__(p) at = (p); __typeof__(*at) old = *at; *at = (v); old; })
#define min(a, b) ({ __typeof__(a) min_a = (a); __typeof__(b) min_b = (b); min_a < min_b ? min_a : min_b; })
#define min_auto(a, b) ({ __auto_type min_a = (a); __auto_type min_b = (b); min_a < min_b ? min_a : min_b; })
#define align(p) ((__typeof__(p))(((unsigned long)(p) + 7) & ~7UL))
#define untagged(p) ({ unsigned long at = (__force unsigned long)(p); (__force __typeof__(p))(at & ~1UL); })
#define swap(a, b) do { __typeof__(a) tmp = (a); (a) = (b); (b) = tmp; } while (0)

typedef void handler(int);
typedef handler __user *handler_ptr;
typedef struct header __user *user_header;
typedef char __user *text;
typedef char __user *const const_text;
struct header { int version; char data[4]; };
struct action { handler_ptr handle; user_header header; text text; int (*use)(text); };

void take(const void *p);
void take_user(const void __user *p);
void take_handler(handler_ptr h);

void typedefs(struct action *a, user_header h, text t, text *place)
{
	text copy = t;
	const_text fixed = t;

	take_user(a->handle);
	take_handler(a->handle);
	take_user(a->header);
	take_user(&a->header->data[1]);
	take_user(h->data);
	take_user(*place);
	take_user(fixed);
	a->use(copy);
	a->text = t;
	take(h);				// expected-warning {{passing 'h' to parameter 'p' of 'take' drops '__user'}}
	take(a->text);				// expected-warning {{drops '__user'}}
	take(*place);				// expected-warning {{passing '*place' to}}
	take((void *)a->handle);		// expected-warning {{cast of 'a->handle' to 'void *' drops '__user'}}
	(void)a->header->version;		// expected-warning {{'a->header' points into user memory}}
	(void)*t;				// expected-warning {{'t' points into user memory}}
	a->use((char *)16);			// expected-warning {{makes it a '__user' pointer}}
}

void typeofs(struct header __user *h, char __user *t, char *k, text *place)
{
	__typeof__(h) same = h;
	__typeof__(h->data) buffer;		/* what h points to has this type, and this is a copy */
	__typeof__(*h) copy, *plain = &copy;
	__typeof__(&h->version) version = &h->version;
	__typeof__(*place) read = t;
	__typeof__(t + 1) next = t + 1;
	const __typeof__(*t) __user *again = t;
	__typeof__(char __user *) written = t;

	take_user(same);
	take_user(version);
	take_user(read);
	take_user(next);
	take_user(again);
	take_user(written);
	take(buffer);
	take(plain);
	plain = h;				// expected-warning {{assigning 'h' to 'plain' drops '__user'}}
	same = (__typeof__(same))k;
	take(version);				// expected-warning {{passing 'version' to parameter 'p' of 'take' drops}}
	(void)*version;				// expected-warning {{'version' points into user memory}}
	read = k;				// expected-warning {{assigning 'k' to 'read' makes it}}
	(void)copy.version;
}

void deduced(struct header __user *h, char __user *t, char *k)
{
	__auto_type same = h;
	__auto_type member = &h->version;
	__auto_type plain = k;
	__auto_type forced = (__force char *)t;

	take_user(same);
	take_user(member);
	take(plain);
	take(forced);
	take(member);				// expected-warning {{passing 'member' to}}
	(void)same->version;			// expected-warning {{'same' points into user memory}}
	take_user(plain);			// expected-warning {{makes it}}
	take_user(forced);			// expected-warning {{makes it}}
}

void macros(struct action *a, char __user *t, char __user *u, char *k)
{
	take_user(READ_ONCE(a->text));
	WRITE_ONCE(a->text, t);
	take_user(xchg(&a->text, t));
	take_user(xchg(&a->text, NULL));
	take_user(min(t, u));
	take_user(min_auto(t, u));
	take_user(align(t));
	take_user(untagged(t));
	take_user(_Generic(t, default: t));
	take_user(__builtin_choose_expr(1, t, k));
	swap(t, u);
	take(READ_ONCE(a->text));		// expected-warning {{drops '__user'}}
	take(min(t, u));			// expected-warning {{drops '__user'}}
	take(min_auto(t, u));			// expected-warning {{drops '__user'}}
	take(align(t));				// expected-warning {{drops '__user'}}
	WRITE_ONCE(a->text, k);			// expected-warning {{makes it}}
	xchg(&a->text, k);			// expected-warning {{makes it}}
}

void variadic(int n, ...)
{
	__builtin_va_list ap;

	__builtin_va_start(ap, n);
	take_user(__builtin_va_arg(ap, char __user *));
	take(__builtin_va_arg(ap, char *));
	take(__builtin_va_arg(ap, char __user *)); // expected-warning {{drops '__user'}}
	__builtin_va_end(ap);
}

/* Behind the brace Clang takes the tag for an attribute of the struct; the kernel's cap_user_header_t is such a type. */
typedef struct cap_header { int version; } __user *cap_header_ptr;
typedef struct cap_data { int effective; } const __user *cap_data_ptr;
typedef struct cap_plain { int x; } *cap_plain_ptr;
struct cap_where { int x; } __user *cap_where;

void definitions(cap_header_ptr header, const cap_data_ptr data, cap_plain_ptr plain, struct cap_header *copy)
{
	take_user(header);
	take_user(&header->version);
	take_user(data);
	take_user(cap_where);
	take(plain);
	take(copy);
	(void)copy->version;
	take(header);				// expected-warning {{drops '__user'}}
	(void)data->effective;			// expected-warning {{'data' points into user memory}}
	take_user(plain);			// expected-warning {{makes it}}
}
