// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Opened and closed each time around, for nothing.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-in-loop -fplugin-arg-airlock-advice -fno-caret-diagnostics -I %S/../traps/Inputs %s > %t 2>&1
// RUN: FileCheck %s --input-file=%t --implicit-check-not=remark: --implicit-check-not=warning: --implicit-check-not=error:
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -fplugin-arg-airlock-only=uaccess-in-loop,context-call %s 2>&1 | count 0
#include "kernel-api.h"

#define smp_rmb() __asm__ volatile("" : : : "memory")

struct pair { u32 a, b; };

// CHECK: wrong.c:[[@LINE+8]]:7: remark: 'sum' opens a user access region once each time around this loop; all that it does may be done in one, so open one with 'user_access_begin(ptr, len)' around the loop [airlock-uaccess-in-loop]
// CHECK-NEXT: wrong.c:[[@LINE+6]]:2: note: check the whole range and open before the loop, use the accessors that need an open region in it, and close after it and where a fault goes
int sum(u32 __user *p, unsigned int n)
{
	u32 x, total = 0;
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (get_user(x, p + i))
			return -EFAULT;
		total += x;
	}
	return total;
}

// CHECK: remark: 'two' opens a user access region 2 times each time around this loop
int two(struct pair __user *p, u32 *to, unsigned int n)
{
	unsigned int i;

	if (!access_ok(p, n * sizeof(*p)))
		return -EFAULT;
	for (i = 0; i < n; i++) {
		if (__get_user(to[2 * i], &p[i].a))
			return -EFAULT;
		smp_rmb();
		if (__get_user(to[2 * i + 1], &p[i].b))
			return -EFAULT;
	}
	return 0;
}

// CHECK: remark: 'by_hand' opens a user access region once each time around this loop
int by_hand(u32 __user *p, const u32 *from, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!user_access_begin(p, n * sizeof(*p)))
			return -EFAULT;
		unsafe_put_user(from[i], p + i, fault);
		user_access_end();
	}
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

static inline u32 swapped(u32 x) { return x << 16 | x >> 16; }

// What it calls is safe there.
// CHECK: remark: 'walking' opens a user access region once each time around this loop
int walking(u32 __user *p, const u32 *from, unsigned int n)
{
	while (n--) {
		if (put_user(swapped(*from++), p++))
			return -EFAULT;
	}
	return 0;
}
