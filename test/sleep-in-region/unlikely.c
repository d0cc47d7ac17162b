// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a call comes to in the end is a guess at each branch that no caller decides, and at each slot that others fill
// too. After three guesses nobody can say that it happens: advice.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-advice -I %S/../traps/Inputs %s 2>&1 | FileCheck %s --implicit-check-not=remark:
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct state { int a, b, c, d; };

static void sleeps(void) { mutex_lock(&mutex); mutex_unlock(&mutex); }

// Branches on the function's own state.
static void one(struct state *s) { if (s->a) sleeps(); }
static void two(struct state *s) { if (s->b) one(s); }
static void three(struct state *s) { while (s->c) two(s); }
static void four(struct state *s) { if (s->d) three(s); }
static void five(struct state *s) { four(s); }

void guesses(struct state *s)
{
	spin_lock(&lock);
	one(s); // expected-warning {{'guesses' calls 'one', which may sleep}}
	three(s); // expected-warning {{'guesses' calls 'three', which may sleep}}
	// CHECK: [[@LINE+1]]:{{[0-9]+}}: remark: 'guesses' calls 'four', which may sleep
	four(s);
	// CHECK: [[@LINE+1]]:{{[0-9]+}}: remark: 'guesses' calls 'five', which may sleep
	five(s);
	spin_unlock(&lock);
}

// However many calls, if each of them is made: an early failure does not count, nor what is asked of a parameter.
static int deep1(int n) { if (n < 0) return -22; sleeps(); return 0; }
static int deep2(int n) { return deep1(n); }
static int deep3(int n) { if (n > 100) return -22; return deep2(n); }
static int deep4(int n) { return deep3(n); }
static int deep5(int n, int wait) { if (wait) deep4(n); return 0; }
static int deep6(int n, int wait) { return deep5(n, wait); }
static int deep7(int n) { switch (n) { default: deep6(n, 1); } return 0; }
int certain(int n)
{
	spin_lock(&lock);
	n = deep7(n); // expected-warning {{'certain' calls 'deep7', which may sleep}}
	deep6(n, 0);
	spin_unlock(&lock);
	return n;
}

// A slot: the more of what is stored there does not, the less it is likely.
struct ops { void (*often)(void); void (*seldom)(void); };
static void quick1(void) {}
static void quick2(void) {}
static void quick3(void) {}
static void quick4(void) {}
static const struct ops ops[] = {
	{ .often = sleeps, .seldom = quick1 }, { .often = quick1, .seldom = quick2 },
	{ .often = quick2, .seldom = quick3 }, { .often = quick3, .seldom = quick4 },
	{ .seldom = sleeps },
};
void slots(const struct ops *o)
{
	spin_lock(&lock);
	o->often(); // expected-warning {{'slots' calls through 'ops.often', which may sleep}}
	// CHECK: [[@LINE+1]]:{{[0-9]+}}: remark: 'slots' calls through 'ops.seldom', which may sleep
	o->seldom();
	spin_unlock(&lock);
	(void)ops;
}
