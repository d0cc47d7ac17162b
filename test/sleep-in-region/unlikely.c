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
static void three(struct state *s) { while (s->a) if (s->c) two(s); }
static void four(struct state *s) { if (s->d) three(s); }
static void five(struct state *s) { four(s); }

void guesses(struct state *s)
{
	spin_lock(&lock);
	one(s); // expected-warning {{'guesses' calls 'one', which may sleep}}
	three(s); // expected-warning {{'guesses' calls 'three', which may sleep}}
	// CHECK: [[@LINE+1]]:{{[0-9]+}}: remark: 'guesses' calls 'four', which may sleep
	four(s);
	// The call that sleeps in the end is decided once, where it is likeliest; the others are counted.
	// CHECK: [[@LINE+1]]:{{[0-9]+}}: note: 1 more call may come to the same end, in 'guesses'
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

// The flag is passed on purpose: whatever has to come together for it to matter, it is wrong here.
static void nested(struct state *s, gfp_t gfp)
{
	if (s->a)
		if (s->b)
			if (s->c && s->d)
				kmalloc(1, gfp);
}
void on_purpose(struct state *s)
{
	spin_lock(&lock);
	nested(s, GFP_KERNEL); // expected-warning {{'on_purpose' calls 'nested', which may sleep}}
	nested(s, GFP_ATOMIC);
	spin_unlock(&lock);
}

// A promise is for every path.
static void promises(struct state *s) __no_sleep;
static void promises(struct state *s)
{
	four(s); // expected-warning {{'promises' calls 'four', which may sleep}}
}
void keeps(struct state *s) { promises(s); }

// A function that is handed on is called where the one who gets it decides to.
static void calls_if(struct state *s, void (*fn)(void))
{
	if (s->a)
		if (s->b)
			if (s->c && s->d)
				fn();
}
static void calls(void (*fn)(void)) { fn(); }
void hands_on(struct state *s)
{
	spin_lock(&lock);
	calls(sleeps); // expected-warning {{'hands_on' calls 'calls', which may sleep}}
	// CHECK: [[@LINE+1]]:{{[0-9]+}}: remark: 'hands_on' calls 'calls_if', which may sleep
	calls_if(s, sleeps);
	spin_unlock(&lock);
}
