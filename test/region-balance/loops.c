// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops: what a round opens, the round closes.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

void balanced(struct thing *t)
{
	for (; t; t = t->next) {
		spin_lock(&t->lock);
		t->flags = 0;
		spin_unlock(&t->lock);
	}
}

void around(struct thing *t)
{
	spin_lock(&t->lock);
	while (random_number() > 3)
		t->flags++;
	spin_unlock(&t->lock);
}

void every_way_out(struct thing *t)
{
	for (; t; t = t->next) {
		spin_lock(&t->lock);
		if (t->shared) {
			spin_unlock(&t->lock);
			continue;
		}
		if (t->flags == 1) {
			spin_unlock(&t->lock);
			break;
		}
		if (t->flags == 2) {
			spin_unlock(&t->lock);
			return;
		}
		spin_unlock(&t->lock);
	}
}

void break_to_unlock(struct thing *t)
{
	for (;;) {
		spin_lock(&t->lock);
		if (ready())
			break;
		spin_unlock(&t->lock);
	}
	t->flags = 0;
	spin_unlock(&t->lock);
}

void dropped_in_each_round(struct thing *t)
{
	spin_lock(&t->lock);
	while (!ready()) {
		spin_unlock(&t->lock);
		cpu_relax();
		spin_lock(&t->lock);
	}
	spin_unlock(&t->lock);
}

void hand_over_hand(struct thing *t)
{
	spin_lock(&t->lock);
	while (t->next) {
		struct thing *next = t->next;

		spin_lock(&next->lock);
		spin_unlock(&t->lock);
		t = next;
	}
	spin_unlock(&t->lock);
}

void spins(struct thing *t)
{
	while (!spin_trylock(&t->lock))
		cpu_relax();
	spin_unlock(&t->lock);
}

void spins_after(struct thing *t)
{
	do {
		cpu_relax();
	} while (!spin_trylock(&t->lock));
	spin_unlock(&t->lock);
}

void spins_with_break(struct thing *t)
{
	for (;;) {
		if (spin_trylock(&t->lock))
			break;
		cpu_relax();
	}
	spin_unlock(&t->lock);
}

int spins_for_some_time(struct thing *t)
{
	for (int i = 0; i < 100; i++) {
		if (spin_trylock(&t->lock)) {
			spin_unlock(&t->lock);
			return 0;
		}
		cpu_relax();
	}
	return -EBUSY;
}

void while_it_succeeds(struct thing *t)
{
	while (spin_trylock(&t->lock)) {
		t->flags++;
		spin_unlock(&t->lock);
	}
}

int returns_from_endless_loop(struct thing *t)
{
	for (;;) {
		spin_lock(&t->lock);
		if (ready()) {
			spin_unlock(&t->lock);
			return 0;
		}
		spin_unlock(&t->lock);
	}
}

// Opened once a round by the loop's own parts.
void in_the_header(struct thing *t)
{
	for (spin_lock(&t->lock); !ready(); spin_unlock(&t->lock), spin_lock(&t->lock))
		cpu_relax();
	spin_unlock(&t->lock);
}

void executed_once(struct thing *t)
{
	do {
		spin_lock(&t->lock);
		if (ready())
			break;
		t->flags = 0;
	} while (0);
	spin_unlock(&t->lock);
}

void nobody_closes(struct thing *t)
{
	while (ready()) // expected-remark {{'nobody_closes' opens region 'spinlock' in each round of a loop [airlock-region-balance]}}
		spin_lock(&t->lock);
}

void nobody_opens(struct thing *t)
{
	while (ready()) // expected-remark {{'nobody_opens' closes region 'spinlock' in each round of a loop [airlock-region-balance]}}
		spin_unlock(&t->lock);
}

void continues_open(struct thing *t)
{
	for (; t; t = t->next) { // expected-remark {{'continues_open' opens region 'spinlock' in each round of a loop [airlock-region-balance]}}
		spin_lock(&t->lock);
		if (ready())
			continue;
		spin_unlock(&t->lock);
	}
}

void breaks_open(struct thing *t)
{
	for (; t; t = t->next) {
		spin_lock(&t->lock);
		if (ready())
			break;
		spin_unlock(&t->lock);
	}
} // expected-remark {{'breaks_open' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

int returns_open(struct thing *t)
{
	for (; t; t = t->next) {
		spin_lock(&t->lock);
		if (ready())
			return 0; // expected-warning {{'returns_open' returns while a spinlock is held [airlock-region-balance]}}
		spin_unlock(&t->lock);
	}
	return 0;
}

void closed_in_the_first_round(struct thing *t)
{
	spin_lock(&t->lock);
	do { // expected-remark {{'closed_in_the_first_round' closes region 'spinlock' in each round of a loop [airlock-region-balance]}}
		spin_unlock(&t->lock);
	} while (!ready());
}

void retries_open(struct thing *t)
{
again: // expected-remark@* {{'retries_open' opens region 'spinlock' in each round of a loop [airlock-region-balance]}}
	spin_lock(&t->lock);
	if (!ready())
		goto again;
	spin_unlock(&t->lock);
}

// A loop that never ends never returns.
_Noreturn void forever(struct thing *t)
{
	spin_lock(&t->lock);
	for (;;)
		cpu_relax();
}
