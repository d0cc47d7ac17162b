// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Each case of a switch is a path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

void closed_in_each_case(struct thing *t)
{
	spin_lock(&t->lock);
	switch (random_number()) {
	case 0:
		spin_unlock(&t->lock);
		break;
	case 1:
		t->flags = 1;
		spin_unlock(&t->lock);
		return;
	default:
		spin_unlock(&t->lock);
	}
}

void missing_in_one(struct thing *t)
{
	spin_lock(&t->lock);
	switch (random_number()) {
	case 0:
		spin_unlock(&t->lock);
		return;
	case 1:
		return; // expected-warning {{'missing_in_one' returns while a spinlock is held [airlock-region-balance]}}
	default:
		spin_unlock(&t->lock);
	}
}

void no_default(struct thing *t)
{
	spin_lock(&t->lock);
	switch (random_number()) {
	case 0:
	case 1:
		spin_unlock(&t->lock);
	}
} // expected-remark {{'no_default' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

enum state { IDLE, BUSY };

// Every value of the enumeration has its case: there is no other path.
void all_enumerators(struct thing *t, enum state *state)
{
	spin_lock(&t->lock);
	switch (*state) {
	case IDLE:
		spin_unlock(&t->lock);
		break;
	case BUSY:
		spin_unlock(&t->lock);
		break;
	}
}

void falls_through(struct thing *t)
{
	switch (random_number()) {
	case 0:
		spin_lock(&t->lock);
		t->flags = 0;
		spin_unlock(&t->lock);
		__attribute__((fallthrough));
	case 1:
		spin_lock(&t->lock);
		t->flags = 1;
		__attribute__((fallthrough));
	case 2:
		spin_unlock(&t->lock); // expected-remark {{'falls_through' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
		break;
	default:
		break;
	}
}

void closed_after(struct thing *t)
{
	spin_lock(&t->lock);
	switch (random_number()) {
	case 0:
		t->flags = 0;
		break;
	case 1:
		t->flags = 1;
		break;
	}
	spin_unlock(&t->lock);
}

// The same question asked twice.
void correlated(struct thing *t, int mode)
{
	switch (mode) {
	case 0:
		spin_lock(&t->lock);
		break;
	case 1:
		rcu_read_lock();
		break;
	default:
		return;
	}
	t->flags = 0;
	switch (mode) {
	case 0:
		spin_unlock(&t->lock);
		break;
	case 1:
		rcu_read_unlock();
		break;
	}
}

void in_a_loop(struct thing *t)
{
	for (; t; t = t->next) {
		spin_lock(&t->lock);
		switch (t->flags) {
		case 0:
			spin_unlock(&t->lock);
			continue;
		case 1:
			break;
		default:
			spin_unlock(&t->lock);
			return;
		}
		spin_unlock(&t->lock);
	}
}
