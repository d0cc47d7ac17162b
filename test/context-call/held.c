// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A lock that is held puts code into a context: what is marked '__must_hold', or asserts that a lock is held, is not called
// where none is. It is a warning where the function has let go of one and nobody is seen who calls it with another; advice where one
// of the two is so. Which lock it is does not matter; without the model nothing is asked.
// RUN: not %airlock check --no-cache --model held %s -- -std=gnu11 > %t.held
// RUN: FileCheck %s --input-file=%t.held --implicit-check-not=warning:
// RUN: not %airlock check --no-cache --advice --model held %s -- -std=gnu11 > %t.advice
// RUN: FileCheck %s --check-prefixes=CHECK,ADVICE --input-file=%t.advice --implicit-check-not=warning: --implicit-check-not=advice:
// RUN: %airlock check --no-cache --advice %s -- -std=gnu11
// One unit does not know who else calls.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=held -Xclang -verify %s
// expected-no-diagnostics
#define __must_hold(x)
typedef struct spinlock { int x; } spinlock_t;
struct mutex { int x; };
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);
int spin_trylock(spinlock_t *l);
void mutex_lock(struct mutex *l);
void mutex_unlock(struct mutex *l);
#define lockdep_assert_held(l) do { (void)(l); } while (0)
struct port {
	spinlock_t lock;
	struct mutex mutex;
	int n;
};

void reset(struct port *p) __must_hold(&p->lock);
void reset(struct port *p) { p->n = 0; }

static void count(struct port *p)
{
	lockdep_assert_held(&p->lock);
	p->n++;
}

static void count_if(struct port *p, int debug)
{
	if (debug)
		lockdep_assert_held(&p->lock);
	p->n++;
}

void locked(struct port *p)
{
	spin_lock(&p->lock);
	reset(p);
	count(p);
	count_if(p, 1);
	spin_unlock(&p->lock);
}

void not_locked(struct port *p)
{
	// ADVICE: [[#@LINE+1]]:2: advice: 'not_locked' calls 'reset', which needs context 'held', and no region that grants it is open here [airlock-context-call]
	reset(p);
	count_if(p, 0);
}

void unlocked_by_then(struct port *p)
{
	spin_lock(&p->lock);
	p->n++;
	spin_unlock(&p->lock);
	// CHECK: [[#@LINE+2]]:2: warning: 'unlocked_by_then' calls 'count', which needs context 'held'
	// CHECK: note: 'count' expands 'lockdep_assert_held' here
	count(p);
}

/* Its only caller has one. */
static void further_down(struct port *p) { reset(p); }
void has_another(struct port *p)
{
	mutex_lock(&p->mutex);
	further_down(p);
	mutex_unlock(&p->mutex);
}

/* Two callers, of which one forgot. */
static void shared(struct port *p) { count(p); }
void remembers(struct port *p)
{
	spin_lock(&p->lock);
	shared(p);
	spin_unlock(&p->lock);
}
void forgets(struct port *p)
{
	// ADVICE: [[#@LINE+1]]:2: advice: 'forgets' calls 'shared', which needs context 'held'
	shared(p);
}

/* The mark hands the duty on. */
void marked(struct port *p) __must_hold(&p->lock);
void marked(struct port *p) { reset(p); }

void tries(struct port *p)
{
	if (!spin_trylock(&p->lock))
		return;
	reset(p);
	spin_unlock(&p->lock);
}

void on_one_way(struct port *p, int lock)
{
	if (lock)
		spin_lock(&p->lock);
	reset(p);
	if (lock)
		spin_unlock(&p->lock);
}

/* Nobody knows what it has locked. */
void port_lock(struct port *p);
void by_somebody_else(struct port *p)
{
	port_lock(p);
	reset(p);
}

/* Nor who calls through a table, and with what; nor is a pointer a call. */
struct ops { void (*run)(struct port *p); };
static void in_table(struct port *p) { reset(p); }
struct ops ops = { .run = in_table }, direct = { .run = reset };

/* Its own lock is open no more, and whoever calls may have another one. */
static void left(struct port *p)
{
	spin_lock(&p->lock);
	p->n++;
	spin_unlock(&p->lock);
	// ADVICE: [[#@LINE+1]]:2: advice: 'left' calls 'reset', which needs context 'held'
	reset(p);
}
struct ops other = { .run = left };
