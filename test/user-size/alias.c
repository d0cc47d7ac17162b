// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Another name for an accessor is the accessor: it has the arguments, and is one call. Of a macro or of a function, however
// often it is renamed.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#define __user __attribute__((address_space(1)))
typedef unsigned int u32;
unsigned long copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long fetch_chunk(void *to, const void __user *from, unsigned long n);
int access_ok(const void __user *p, unsigned long n);

#define arch_get(x, ptr) ({ \
	u32 __user *__p = (ptr); \
	int __err = access_ok(__p, sizeof(*__p)) ? 0 : -14; \
	if (!__err) \
		asm volatile("" : "=r"(x) : "r"(__p)); \
	__err; })
#define any_get arch_get
#ifdef WITH_PARAMETERS
#define get_user(x, p) any_get(x, p)
#define copy_from_user(d, s, n) fetch_chunk(d, s, n)
#else
#define get_user any_get
#define copy_from_user fetch_chunk
#endif
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -DWITH_PARAMETERS -Xclang -verify -Xclang -verify-ignore-unexpected=note %s

struct small { u32 n; char text[8]; };

int unbounded(u32 __user *p, char __user *q)
{
	struct small s;
	u32 n;

	if (get_user(n, p))
		return -14;
	if (copy_from_user(s.text, q, n)) // expected-warning {{'copy_from_user' copies as many bytes as user space says to 's.text'}}
		return -14;
	return s.text[0];
}

int bounded(u32 __user *p, char __user *q)
{
	struct small s;
	u32 n;

	if (get_user(n, p) || n > sizeof(s.text))
		return -14;
	if (copy_from_user(s.text, q, n))
		return -14;
	return s.text[0];
}

int too_large(char __user *q)
{
	char buf[8];

	return copy_from_user(buf, q, 9) ? -14 : buf[0]; // expected-warning {{'copy_from_user' copies 9 bytes to 'buf', which has 8 bytes}}
}

int through_a_macro(u32 __user *p, char __user *q)
{
#define GET(v, from) (get_user(v, from) ? -14 : 0)
	char buf[8];
	u32 n;

	if (GET(n, p))
		return -14;
	return copy_from_user(buf, q, n) ? -14 : buf[0]; // expected-warning {{'copy_from_user' copies as many bytes as user space says to 'buf'}}
}
