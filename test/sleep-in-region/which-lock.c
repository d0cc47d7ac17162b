// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callee that drops one lock and sleeps: wrong where another is held besides, here or in a caller. And where a lock is
// taken on some ways only, or through a pointer.
// RUN: %airlock_cc -DNO_BODIES -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct queue {
	spinlock_t outer, lock;
	struct mutex mutex;
	bool quiet;
	int users;
};

static void waits(struct queue *q)
{
	spin_unlock(&q->lock);
	msleep(1);
	spin_lock(&q->lock);
}

void one(struct queue *q)
{
	spin_lock(&q->lock);
	waits(q);
	spin_unlock(&q->lock);
}

void two(struct queue *q)
{
	spin_lock(&q->outer);
	spin_lock(&q->lock);
	waits(q); // expected-warning {{'two' calls 'waits', which may sleep, while a spinlock is held}}
	spin_unlock(&q->lock);
	spin_unlock(&q->outer);
}

static void takes_its_own(struct queue *q)
{
	spin_lock(&q->lock);
	waits(q);
	spin_unlock(&q->lock);
}

void two_apart(struct queue *q)
{
	spin_lock(&q->outer);
	takes_its_own(q); // expected-warning {{'two_apart' calls 'takes_its_own', which may sleep, while a spinlock is held}}
	spin_unlock(&q->outer);
	takes_its_own(q);
}

static void drops_both(struct queue *q)
{
	spin_unlock(&q->lock);
	spin_unlock(&q->outer);
	msleep(1);
	spin_lock(&q->outer);
	spin_lock(&q->lock);
}

void both_dropped(struct queue *q)
{
	spin_lock(&q->outer);
	spin_lock(&q->lock);
	drops_both(q);
	spin_unlock(&q->lock);
	spin_unlock(&q->outer);
}

// With the flag it sleeps under RCU, and nothing but the flag decides.
void by_flag(struct queue *q, bool nowait)
{
	if (nowait)
		rcu_read_lock();
	else
		mutex_lock(&q->mutex);
	msleep(1); // expected-warning {{'by_flag' calls 'msleep', which may sleep, while an RCU read lock is held}}
	if (nowait)
		rcu_read_unlock();
	else
		mutex_unlock(&q->mutex);
}

void by_flag_and_asked(struct queue *q, bool nowait)
{
	if (nowait)
		rcu_read_lock();
	if (!nowait)
		msleep(1);
	if (nowait)
		rcu_read_unlock();
}

// Another question decides on the sleep: who asks both knows.
void by_two_flags(struct queue *q, bool nowait, bool may_wait)
{
	if (nowait)
		rcu_read_lock();
	if (may_wait)
		msleep(1);
	if (nowait)
		rcu_read_unlock();
}

struct fast { void (*lock)(struct fast *); void (*unlock)(struct fast *); spinlock_t spin; };
struct slow { void (*lock)(struct slow *); void (*unlock)(struct slow *); struct mutex mutex; };
struct mixed { void (*lock)(struct mixed *); void (*unlock)(struct mixed *); spinlock_t spin; };
struct half { void (*lock)(struct half *); void (*unlock)(struct half *); spinlock_t spin; };

static void fast_lock(struct fast *f) { spin_lock(&f->spin); }
static void fast_unlock(struct fast *f) { spin_unlock(&f->spin); }
static void slow_lock(struct slow *s) { mutex_lock(&s->mutex); }
static void slow_unlock(struct slow *s) { mutex_unlock(&s->mutex); }
static void mixed_lock(struct mixed *m) { spin_lock(&m->spin); }
static void mixed_unlock(struct mixed *m) { spin_unlock(&m->spin); }
static void mixed_nothing(struct mixed *m) { m->lock = 0; }
static void half_lock(struct half *h) { spin_lock(&h->spin); }

void init(struct fast *f, struct slow *s, struct mixed *m, struct half *h, bool none)
{
	f->lock = fast_lock;
	f->unlock = (void *)fast_unlock;
	s->lock = slow_lock;
	s->unlock = slow_unlock;
	m->lock = none ? mixed_nothing : mixed_lock;
	m->unlock = none ? mixed_nothing : mixed_unlock;
	h->lock = half_lock;
}

void through_pointers(struct fast *f, struct slow *s, struct mixed *m, struct half *h)
{
	f->lock(f);
	msleep(1); // expected-warning {{'through_pointers' calls 'msleep', which may sleep, while a spinlock is held}}
	f->unlock(f);
	msleep(1);
	s->lock(s);
	msleep(1);
	s->unlock(s);
	m->lock(m);
	msleep(1);
	m->unlock(m);
	h->lock(h);
	h->unlock(h); // what is stored there, another unit knows
	msleep(1);
}
