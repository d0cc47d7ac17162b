// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// airlock dump: all that a summary says, every call with its name, file and line; embedded in an object as well.
// RUN: rm -rf %t && mkdir %t && cp %s %t/dump.c && cd %t
// DEFINE: %{summary} =
// DEFINE: %{compile} = %clang -fplugin=%airlock_so -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-model=vhost -w \
// DEFINE:   -fplugin-arg-airlock-summary=%{summary} -I %src/annotations/include -c dump.c -o a.o
// REDEFINE: %{summary} = a.airlock
// RUN: %{compile}
// REDEFINE: %{summary} = embed
// RUN: %{compile}
// RUN: %airlock dump a.airlock -o file.json
// RUN: %airlock dump a.o > object.json
// RUN: cmp file.json object.json
// RUN: %python %S/Inputs/tell-dump.py file.json | FileCheck %s --match-full-lines --strict-whitespace

//      CHECK:unit dump.c: analysed with linux vhost
#include <airlock.h>

// CHECK-NEXT:dump.c:[[@LINE+1]]: function kmalloc, effects sleep, if argument 2 has '__GFP_DIRECT_RECLAIM'
void *kmalloc(unsigned long size, unsigned flags);
typedef struct spinlock spinlock_t;
// CHECK-NEXT:dump.c:[[@LINE+2]]: function spin_lock, enters spinlock
// CHECK-NEXT:dump.c:[[@LINE+2]]: function spin_unlock, exits spinlock
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);

// CHECK-NEXT:dump.c:[[@LINE+4]]: macro __get_user, body, opaque, effects user_access user_fault
// CHECK-NEXT:dump.c:[[@LINE+4]]: caller calls __get_user, in vhost_get_user
// CHECK-NEXT:dump.c:[[@LINE+3]]: macro vhost_get_user, body, needs uaccess by vhost

#define __get_user(x, p) ((x) = *(p), 0)
#define vhost_get_user(vq, x, p, type) __get_user(x, p)

struct ops {
	// CHECK-NEXT:dump.c:[[@LINE+1]]: field ops.run
	void (*run)(int);
};

// CHECK-NEXT:dump.c:[[@LINE+1]]: function leaf, body, static in dump.c
static void leaf(int n) { }

// CHECK-NEXT:dump.c:[[@LINE+1]]: function needs, needs uaccess by dump.c:[[@LINE+1]]
int needs(void) __uaccess;

// CHECK-NEXT:dump.c:[[@LINE+1]]: function promises, body, never sleep sleep_outside_bh sleep_outside_handlers sleep_outside_hardirq task_sleep user_fault
int __no_sleep promises(void)
{
	return 0;
}

// CHECK-NEXT:dump.c:[[@LINE+1]]: function weak, body, weak
void __attribute__((weak)) weak(void) { }

// CHECK-NEXT:dump.c:[[@LINE+1]]: leaf is stored in ops.run
struct ops table = { .run = leaf };

// CHECK-NEXT:dump.c:[[@LINE+2]]: function register_ops
// CHECK-NEXT:dump.c:[[@LINE+1]]: parameter fn
void register_ops(void (*fn)(int));

// CHECK-NEXT:dump.c:[[@LINE+1]]: function caller, body
void caller(struct ops *ops, spinlock_t *lock, unsigned flags, int n, int *p)
{
	// CHECK-NEXT:dump.c:[[@LINE+1]]: caller calls leaf, passing argument 4
	leaf(n);
	// CHECK-NEXT:dump.c:[[@LINE+1]]: caller calls ops.run, passing 7
	ops->run(7);
	// CHECK-NEXT:dump.c:[[@LINE+1]]: caller calls spin_lock, passing argument 2
	spin_lock(lock);
	// CHECK-NEXT:dump.c:[[@LINE+1]]: caller calls kmalloc, while spinlock is open since call 2, passing 8, passing argument 3
	kmalloc(8, flags);
	// CHECK-NEXT:dump.c:[[@LINE+1]]: caller calls spin_unlock, while spinlock is open since call 2, passing argument 2
	spin_unlock(lock);
	// CHECK-NEXT:dump.c:[[@LINE+1]]: caller calls vhost_get_user
	vhost_get_user(0, n, p, avail);
	// CHECK-NEXT:dump.c:[[@LINE+2]]: caller calls register_ops, passing leaf
	// CHECK-NEXT:dump.c:[[@LINE+1]]: leaf is stored in fn for register_ops
	register_ops(leaf);
}

// CHECK-NEXT:dump.c:[[@LINE+3]]: finding of context-conversion
// CHECK-NEXT:dump.c:[[@LINE+2]]: needs is stored in drops
// CHECK-NEXT:dump.c:[[@LINE+1]]: variable drops
int (*drops)(void) = needs;
// CHECK-NEXT:dump.c:[[@LINE+4]]: needs is stored in allowed
// CHECK-NEXT:dump.c:[[@LINE+3]]: suppressed finding of context-conversion
// CHECK-NEXT:dump.c:[[@LINE+2]]: used suppression of context-conversion: for the test
// CHECK-NEXT:dump.c:[[@LINE+1]]: variable allowed
__airlock_allow("context-conversion", "for the test") int (*allowed)(void) = needs;
//  CHECK-NOT:{{.}}
