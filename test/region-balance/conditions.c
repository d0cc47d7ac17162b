// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every way in which code asks whether a conditional opener succeeded.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

bool try_lock(struct thing *t) __cond_enters(true, spinlock);
int lock_or_error(struct thing *t) __cond_enters(false, spinlock);

void negated(struct thing *t)
{
	if (!spin_trylock(&t->lock))
		return;
	spin_unlock(&t->lock);
}

void negated_twice(struct thing *t)
{
	if (!!spin_trylock(&t->lock))
		spin_unlock(&t->lock);
}

void hinted(struct thing *t)
{
	if (unlikely(!spin_trylock(&t->lock)))
		return;
	spin_unlock(&t->lock);
	if (likely(spin_trylock(&t->lock)))
		spin_unlock(&t->lock);
	if (!likely(spin_trylock(&t->lock)))
		return;
	spin_unlock(&t->lock);
}

void compared(struct thing *t)
{
	if (spin_trylock(&t->lock) == 0)
		return;
	spin_unlock(&t->lock);
	if (spin_trylock(&t->lock) != 0)
		spin_unlock(&t->lock);
	if (0 == spin_trylock(&t->lock))
		return;
	spin_unlock(&t->lock);
	if (try_lock(t) == true)
		spin_unlock(&t->lock);
}

void error_compared(struct thing *t)
{
	if (lock_or_error(t) < 0)
		return;
	spin_unlock(&t->lock);
	if (lock_or_error(t) == 0)
		spin_unlock(&t->lock);
	if (lock_or_error(t) != 0)
		return;
	spin_unlock(&t->lock);
	if (!lock_or_error(t))
		spin_unlock(&t->lock);
}

void all_of(struct thing *t)
{
	if (ready() && spin_trylock(&t->lock))
		spin_unlock(&t->lock);
	if (!(ready() && spin_trylock(&t->lock)))
		return;
	spin_unlock(&t->lock);
}

void any_failed(struct thing *t)
{
	if (!ready() || !spin_trylock(&t->lock))
		return;
	spin_unlock(&t->lock);
}

void one_of_two(struct thing *a, struct thing *b)
{
	if (!spin_trylock(&a->lock))
		return;
	if (!spin_trylock(&b->lock)) {
		spin_unlock(&a->lock);
		return;
	}
	spin_unlock(&b->lock);
	spin_unlock(&a->lock);
}

void both(struct thing *a, struct thing *b)
{
	if (spin_trylock(&a->lock) && spin_trylock(&b->lock)) {
		spin_unlock(&b->lock);
		spin_unlock(&a->lock);
	}
} // expected-remark {{'both' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

void tried_before(struct thing *t)
{
	if (spin_trylock(&t->lock) && ready()) {
		spin_unlock(&t->lock);
		return;
	}
	t->flags = 0;
} // expected-remark {{'tried_before' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

void stored(struct thing *t)
{
	bool locked = spin_trylock(&t->lock);

	if (!locked)
		return;
	spin_unlock(&t->lock);
}

void stored_in_int(struct thing *t)
{
	int locked;

	locked = spin_trylock(&t->lock);
	t->flags = 0;
	if (locked)
		spin_unlock(&t->lock);
}

void stored_negated(struct thing *t)
{
	bool failed = !spin_trylock(&t->lock);

	t->flags = 0;
	if (failed)
		return;
	spin_unlock(&t->lock);
}

void stored_compared(struct thing *t)
{
	bool locked = lock_or_error(t) == 0;

	if (locked)
		spin_unlock(&t->lock);
}

void assigned_in_condition(struct thing *t)
{
	int err;

	if ((err = lock_or_error(t)) != 0)
		return;
	spin_unlock(&t->lock);
	if ((err = lock_or_error(t)))
		return;
	spin_unlock(&t->lock);
}

// What is stored, then overwritten, says nothing any more.
void stored_and_lost(struct thing *t)
{
	bool locked = spin_trylock(&t->lock);

	locked = ready();
	if (locked)
		spin_unlock(&t->lock); // expected-remark {{'stored_and_lost' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
} // expected-remark {{'stored_and_lost' returns while a spinlock is held, but not on every path [airlock-region-balance]}}

void asked_later(struct thing *t)
{
	bool locked = spin_trylock(&t->lock);

	if (locked)
		t->flags = 0;
	if (!locked)
		t->flags = 1;
	if (locked)
		spin_unlock(&t->lock);
}

void comma(struct thing *t)
{
	if (t->flags = 0, !spin_trylock(&t->lock))
		return;
	spin_unlock(&t->lock);
}

int conditional_operator(struct thing *t)
{
	return spin_trylock(&t->lock) ? (spin_unlock(&t->lock), 1) : 0;
}

void conditional_condition(struct thing *t)
{
	if (ready() ? spin_trylock(&t->lock) : 0)
		spin_unlock(&t->lock);
	if (!(t->shared ? spin_trylock(&t->lock) : spin_trylock(&t->next->lock)))
		return;
	spin_unlock(&t->lock);
}

void statement_expression(struct thing *t)
{
	if (!({ int locked = spin_trylock(&t->lock); locked; }))
		return;
	spin_unlock(&t->lock);
}

void statement_expression_hinted(struct thing *t)
{
	if (likely(({ t->flags = 0; spin_trylock(&t->lock); })))
		spin_unlock(&t->lock);
}

void cast(struct thing *t)
{
	if ((bool)spin_trylock(&t->lock))
		spin_unlock(&t->lock);
	if (!(long)(spin_trylock(&t->lock)))
		return;
	spin_unlock(&t->lock);
}

void switched(struct thing *t)
{
	switch (spin_trylock(&t->lock)) {
	case 0:
		return;
	default:
		spin_unlock(&t->lock);
	}
}

void constant_condition(struct thing *t)
{
	if (0)
		spin_lock(&t->lock);
	if (1 && spin_trylock(&t->lock))
		spin_unlock(&t->lock);
	if (sizeof(long) < 2)
		spin_unlock(&t->lock);
}

// Wrong in each form: the arm where it succeeded leaves.
void wrong_arm(struct thing *t)
{
	if (likely(spin_trylock(&t->lock)))
		return; // expected-remark {{'wrong_arm' returns while a spinlock is held [airlock-region-balance]}}
	t->flags = 0;
}

void wrong_comparison(struct thing *t)
{
	if (spin_trylock(&t->lock) == 0)
		t->flags = 0;
	else
		return; // expected-remark {{'wrong_comparison' returns while a spinlock is held [airlock-region-balance]}}
}

void wrong_error(struct thing *t)
{
	int err = lock_or_error(t);

	if (err < 0) {
		spin_unlock(&t->lock); // expected-remark {{'wrong_error' calls 'spin_unlock', which closes region 'spinlock', but it is not open [airlock-region-balance]}}
		return;
	}
	spin_unlock(&t->lock);
}

void wrong_variable(struct thing *t)
{
	bool failed = !spin_trylock(&t->lock);

	if (!failed)
		return; // expected-remark {{'wrong_variable' returns while a spinlock is held [airlock-region-balance]}}
	t->flags = 0;
}
