// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Clang's context analysis and Airlock side by side: its attributes, by whatever macro they are written, are read as sparse's
// markers are.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -Wthread-safety -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#define context_lock_struct(name) struct __attribute__((capability(#name))) name
#define __acquires(x) __attribute__((acquire_capability(x)))
#define __releases(x) __attribute__((release_capability(x)))
#define __takes_shared(x) __attribute__((acquire_shared_capability(x)))
#define __puts_shared(x) __attribute__((release_shared_capability(x)))
#define __cond_acquires(ret, x) __attribute__((try_acquire_capability(ret, x)))
#define __must_hold(x) __attribute__((requires_capability(x)))
typedef _Bool bool;
context_lock_struct(spinlock) { int x; };
typedef struct spinlock spinlock_t;
typedef struct __attribute__((capability("rwlock"))) { int x; } rwlock_t;
context_lock_struct(sleeping_lock) { int x; };
extern const struct __attribute__((capability("RCU"))) token *RCU;
void msleep(unsigned ms);

struct port { spinlock_t lock; rwlock_t table; struct sleeping_lock slow; int n; };
void take(struct port *p) __acquires(&p->lock);
void drop(struct port *p) __releases(&p->lock);
void read_start(struct port *p) __takes_shared(p->table);
void read_stop(struct port *p) __puts_shared(p->table);
void quiesce_start(void) __takes_shared(RCU);
void quiesce_stop(void) __puts_shared(RCU);
bool try_take(struct port *p) __cond_acquires(1, &p->lock);
int must_not_fail(struct port *p) __cond_acquires(0, &p->lock);
void take_slow(struct port *p) __acquires(&p->slow);
void drop_slow(struct port *p) __releases(&p->slow);
void held(struct port *p) __must_hold(&p->lock);

void both(struct port *p)
{
	take(p);
	msleep(1); // expected-warning {{'both' calls 'msleep', which may sleep, while a spinlock is held}}
	held(p);
	drop(p);
	msleep(1);
	held(p); // expected-warning {{requires holding}}
}

void shared(struct port *p)
{
	read_start(p);
	msleep(1); // expected-warning {{'shared' calls 'msleep', which may sleep}}
	read_stop(p);
	msleep(1);
	quiesce_start();
	msleep(1); // expected-warning {{'shared' calls 'msleep', which may sleep}}
	quiesce_stop();
	msleep(1);
}

void on_success(struct port *p)
{
	if (!try_take(p)) {
		msleep(1);
		return;
	}
	msleep(1); // expected-warning {{'on_success' calls 'msleep'}}
	drop(p);
}

void on_zero(struct port *p)
{
	if (must_not_fail(p) != 0) {
		msleep(1);
		return;
	}
	msleep(1); // expected-warning {{'on_zero' calls 'msleep'}}
	drop(p);
}

void slow(struct port *p)
{
	take_slow(p);
	msleep(1);
	drop_slow(p);
}
