// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A lock that is taken if the caller asks for it: an error that is returned with it held is a mistake of every call that asks.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

struct ring { spinlock_t lock; int used; bool shared; };

int forgets(struct ring *r, bool lock)
{
	if (lock)
		spin_lock(&r->lock);
	if (r->used < 0)
		return -EINVAL; // expected-warning {{'forgets' returns while a spinlock is held}}
	r->used++;
	if (lock)
		spin_unlock(&r->lock);
	return 0;
}

int forgets_by_flag(struct ring *r, unsigned flags)
{
	if (!(flags & 4))
		spin_lock(&r->lock);
	if (r->used < 0)
		return -EINVAL; // expected-warning {{'forgets_by_flag' returns while a spinlock is held}}
	r->used++;
	if (!(flags & 4))
		spin_unlock(&r->lock);
	return 0;
}

bool ready(void);
void forgets_early(struct ring *r, bool lock)
{
	if (lock)
		spin_lock(&r->lock);
	if (ready())
		return; // expected-warning {{'forgets_early' returns while a spinlock is held}}
	if (lock)
		spin_unlock(&r->lock);
}

int right(struct ring *r, bool lock)
{
	int ret = 0;

	if (lock)
		spin_lock(&r->lock);
	if (r->used < 0)
		ret = -EINVAL;
	if (lock)
		spin_unlock(&r->lock);
	return ret;
}

/* The lock is the caller's if nobody asked for it, and let go of there. */
int before_it_asks(struct ring *r, bool lock)
{
	if (r->used < 0)
		return -EINVAL;
	if (lock)
		spin_lock(&r->lock);
	r->used++;
	if (lock)
		spin_unlock(&r->lock);
	return 0;
}

/* What decides is no parameter: nobody knows whether it goes with the error. */
int by_memory(struct ring *r)
{
	if (r->shared)
		spin_lock(&r->lock);
	if (r->used < 0)
		return -EINVAL;
	if (r->shared)
		spin_unlock(&r->lock);
	return 0;
}
