// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An address in user memory is computed, tested, compared, measured: nothing of it is accessed.
// RUN: %airlock_cc -fplugin-arg-airlock-only=user-address-space -Xclang -verify -Xclang -verify-ignore-unexpected=note -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice %s
// expected-no-diagnostics
#include <airlock.h>

typedef unsigned long size_t;
#define NULL ((void *)0)
#define offsetof(T, M) __builtin_offsetof(T, M)

struct inner { int v; int more[2]; };
struct req { int a; int arr[4]; int grid[2][3]; struct inner in; struct inner all[3]; union { int u; char c[8]; }; };

size_t copy_from_user(void *to, const void __user *from, size_t n);
void take(const void __user *p);
void take_int(int __user *p);
void take_ints(const int __user p[]);

void members(struct req __user *r, int i)
{
	int __user *p = &r->a;
	int __user *q = r->arr;
	int (__user *row)[3] = r->grid;

	take(&r->a);
	take(&(*r).a);
	take(&*r);
	take(&r[3]);
	take(r + i);
	take(&r[i].in.more[1]);
	take(r->arr);
	take(r->arr + i);
	take(&r->arr[2]);
	take(&r->arr);
	take(r->grid[1]);
	take(&r->grid[i][2]);
	take(&r->all[i].more);
	take(r->all[i].more);
	take(&r->u);
	take(r->c);
	take(row[1]);
	take(*row);
	take_int(p++);
	take_int(--q);
	take_int(q += 2);
	take_int((&r->in)->more);
	take_ints(r->in.more);
	take(&((struct req __user *)NULL)->a);
}

int sizes(struct req __user *r, int __user *p)
{
	__typeof__(*p) v = 0;
	__typeof__(r->in) in = { 0 };
	int n = sizeof(*r) + sizeof(r->a) + sizeof(*p) + _Alignof(__typeof__(r->in)) + offsetof(struct req, in.v);

	n += sizeof(r->arr) / sizeof(r->arr[0]);
	n += __builtin_constant_p(*p) + __builtin_constant_p(r->a);
	n += __builtin_types_compatible_p(__typeof__(*p), int);
	n += _Generic(*p, int: 1, default: 2);
	n += __builtin_choose_expr(1, 4, *p);
	n += copy_from_user(&in, &r->in, sizeof(r->in)) + copy_from_user(&v, p, sizeof(*p));
	return n + v + in.v;
}

int tests(struct req __user *r, int __user *p, void *k, unsigned long limit)
{
	if (!p || r == NULL || NULL == r || (r && p))
		return 1;
	while (p)
		p = p ? p + 1 : NULL;
	if (p == r->arr || p < &r->a || (unsigned long)p >= limit || (void __user *)p != r)
		return 2;
	return __builtin_expect(!!p, 1) + (p - r->arr) + (p > (int __user *)limit);
}

void operands(int __user *p)
{
	__asm__ volatile("" : : "r"(p), "m"(*p));
	__asm__ volatile("" : "=m"(*p));
}
