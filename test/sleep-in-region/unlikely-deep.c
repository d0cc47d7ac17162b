// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Guesses add up to "many", however long the way: after 64 calls with four each they do not begin again at none.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify %s
// RUN: %airlock_cc -fplugin-arg-airlock-advice -I %S/../traps/Inputs %s 2>&1 | FileCheck %s --implicit-check-not=remark:
// expected-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
struct state { int a, b, c, d; };
typedef void call(void);

static void sleeps(void) { mutex_lock(&mutex); mutex_unlock(&mutex); }

#define IF(Name, Next) \
	static void Name(struct state *s, call *fn) { if (s->a) if (s->b) if (s->c) if (s->d) Next(s, fn); }
#define IFS(Name, Next) IF(Name##0, Next##7) IF(Name##1, Name##0) IF(Name##2, Name##1) IF(Name##3, Name##2) \
	IF(Name##4, Name##3) IF(Name##5, Name##4) IF(Name##6, Name##5) IF(Name##7, Name##6)
static void z7(struct state *s, call *fn) { fn(); }
IFS(a, z) IFS(b, a) IFS(c, b) IFS(d, c) IFS(e, d) IFS(f, e) IFS(g, f) IFS(h, g)

void hands_on(struct state *s)
{
	spin_lock(&lock);
	// CHECK: [[@LINE+1]]:{{[0-9]+}}: remark: 'hands_on' calls 'h7', which may sleep
	h7(s, sleeps);
	spin_unlock(&lock);
}
