// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sparse's markers, which are nothing to a compiler: on prototypes by the type of the lock or by its name, and as
// statements.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

#define __acquires(x)
#define __releases(x)
#define __must_hold(x)
#define __acquire(x) (void)0
#define __release(x) (void)0

struct table {
	spinlock_t lock;
	spinlock_t *shared_lock;
	struct thing *first;
};

extern spinlock_t table_lock;

void lock_argument(spinlock_t *lock) __acquires(lock);
void unlock_argument(spinlock_t *lock) __releases(lock);
void lock_table(struct table *t) __acquires(&t->lock);
void unlock_table(struct table *t) __releases(&t->lock);
void lock_shared(struct table *t) __acquires(t->shared_lock);
void unlock_shared(struct table *t) __releases(t->shared_lock);
void lock_global(void) __acquires(&table_lock);
void unlock_global(void) __releases(&table_lock);
void *read_start(struct table *t) __acquires(RCU);
void read_stop(struct table *t) __releases(RCU);
void lock_two(struct table *t) __acquires(&t->lock) __acquires(RCU);
void unlock_two(struct table *t) __releases(RCU) __releases(&t->lock);

void by_argument(struct table *t)
{
	if (ready())
		return;
	lock_argument(&t->lock);
	unlock_argument(&t->lock);
}

void by_argument_left_open(struct table *t)
{
	lock_argument(&t->lock);
	if (ready())
		return; // expected-warning {{'by_argument_left_open' returns while a spinlock is held [airlock-region-balance]}}
	unlock_argument(&t->lock);
}

void by_field(struct table *t)
{
	if (ready())
		return;
	lock_table(t);
	unlock_table(t);
}

void by_field_left_open(struct table *t)
{
	lock_table(t);
	if (ready())
		return; // expected-warning {{'by_field_left_open' returns while a spinlock is held [airlock-region-balance]}}
	unlock_table(t);
}

void by_pointer_field_left_open(struct table *t)
{
	lock_shared(t);
	if (ready())
		return; // expected-warning {{'by_pointer_field_left_open' returns while a spinlock is held [airlock-region-balance]}}
	unlock_shared(t);
}

void by_variable_left_open(void)
{
	lock_global();
	if (ready())
		return; // expected-warning {{'by_variable_left_open' returns while a spinlock is held [airlock-region-balance]}}
	unlock_global();
}

void by_name(struct table *t)
{
	if (ready())
		return;
	read_start(t);
	read_stop(t);
}

void by_name_left_open(struct table *t)
{
	read_start(t);
	if (ready())
		return; // expected-warning {{'by_name_left_open' returns while}}
	read_stop(t);
}

void two_regions(struct table *t)
{
	if (ready())
		return;
	lock_two(t);
	unlock_two(t);
}

void one_of_two_left_open(struct table *t)
{
	lock_two(t);
	if (ready()) {
		unlock_table(t);
		return; // expected-warning {{'one_of_two_left_open' returns while}}
	}
	unlock_two(t);
}

// A marker says nothing of the function that is declared next to it.
void unmarked(struct table *t);

void calls_unmarked(struct table *t)
{
	if (ready())
		return;
	unmarked(t);
}

// On a definition: the iterator pair of a seq_file.
static void *start(struct table *t) __acquires(RCU)
{
	rcu_read_lock();
	return t->first;
}

static void stop(struct table *t) __releases(RCU)
{
	t->first = NULL;
	rcu_read_unlock();
}

void iterate(struct table *t)
{
	if (ready())
		return;
	start(t);
	stop(t);
}

// Releases it for a while: both markers, and nothing changes for the caller.
static void drop_for_a_while(struct table *t) __releases(&t->lock) __acquires(&t->lock)
{
	spin_unlock(&t->lock);
	work(t->first);
	spin_lock(&t->lock);
}

void calls_drop_for_a_while(struct table *t)
{
	spin_lock(&t->lock);
	drop_for_a_while(t);
	spin_unlock(&t->lock);
}

// The lock has to be held, and still is afterwards.
static void holds(struct table *t) __must_hold(&t->lock)
{
	t->first = NULL;
}

void calls_holds(struct table *t)
{
	spin_lock(&t->lock);
	holds(t);
	spin_unlock(&t->lock);
}

// The markers as statements stand for what sparse cannot see.
void statements(struct table *t)
{
	if (ready())
		return;
	__acquire(&t->lock);
	t->first = NULL;
	__release(&t->lock);
}

void statement_left_open(struct table *t)
{
	__acquire(&t->lock);
	if (ready())
		return; // expected-warning {{'statement_left_open' returns while a spinlock is held [airlock-region-balance]}}
	__release(&t->lock);
}

static void opens_by_statement(struct table *t)
{
	t->first = NULL;
	__acquire(&t->lock);
}

void calls_opens_by_statement(struct table *t)
{
	opens_by_statement(t);
	if (ready())
		return; // expected-warning {{'calls_opens_by_statement' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

// Sparse cannot follow a lock taken in a condition, so code says which arm has it.
bool lock_by_hand(struct table *t)
{
	if (ready()) {
		__acquire(&t->lock);
		return true;
	}
	return false;
}

void calls_lock_by_hand(struct table *t)
{
	if (!lock_by_hand(t))
		return;
	spin_unlock(&t->lock);
}
