// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The mistake this rule is for, and warns of: an error path that forgets the unlock. That the return value, or a
// parameter, tells the paths apart does not make a lock function of it: it would be one that holds the lock exactly when
// it says it failed. Nor does any other way out that passes by the unlock which the rest of the function takes.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "Inputs/locks.h"

int error_path(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return -EINVAL; // expected-warning {{'error_path' returns while a spinlock is held [airlock-region-balance]}}
	t->flags = 0;
	spin_unlock(&t->lock);
	return 0;
}

int bad_argument(struct thing *t, int n)
{
	spin_lock(&t->lock);
	if (n < 0)
		return -EINVAL; // expected-warning {{'bad_argument' returns while a spinlock is held [airlock-region-balance]}}
	t->flags = n;
	spin_unlock(&t->lock);
	return 0;
}

int error_of_another(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	err = random_number();
	if (err < 0)
		return err; // expected-warning {{'error_of_another' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return 0;
}

int one_of_several(struct thing *t)
{
	int err = -EINVAL;

	spin_lock(&t->lock);
	if (!t->shared)
		goto unlock;
	err = -EBUSY;
	if (!ready())
		return err; // expected-warning {{'one_of_several' returns while a spinlock is held [airlock-region-balance]}}
	err = 0;
unlock:
	spin_unlock(&t->lock);
	return err;
}

int label_too_late(struct thing *t)
{
	int err = -EAGAIN;

	spin_lock(&t->lock);
	if (!ready())
		goto out; // expected-warning {{'label_too_late' returns while a spinlock is held [airlock-region-balance]}}
	err = 0;
	spin_unlock(&t->lock);
out:
	return err;
}

int label_too_early(struct thing *t)
{
	int err = -EAGAIN;

	if (!ready())
		goto unlock;
	spin_lock(&t->lock);
	if (!t->shared)
		goto unlock;
	err = 0;
unlock:
	spin_unlock(&t->lock); // expected-remark {{'label_too_early' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
	return err;
}

// An unlock too many exactly where it fails: it may be meant, to let go of the caller's lock. The callers are told.
int drops_on_error(struct thing *t)
{
	int err = -EAGAIN;

	if (!ready())
		goto unlock;
	spin_lock(&t->lock);
	err = 0;
unlock:
	spin_unlock(&t->lock);
	return err;
}

int dropped_on_error(struct thing *t)
{
	int err;

	spin_lock(&t->lock);
	err = drops_on_error(t);
	if (!err)
		spin_unlock(&t->lock);
	return err;
}

void dropped_twice(struct thing *t)
{
	spin_lock(&t->lock);
	if (drops_on_error(t) < 0)
		t->flags = 0;
	spin_unlock(&t->lock); // expected-remark {{'dropped_twice' calls 'spin_unlock', which closes region 'spinlock', but it is not open on every path [airlock-region-balance]}}
}

struct thing *find(struct thing *t, int key);

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline bool IS_ERR(const void *p)
{
	return (unsigned long)p >= (unsigned long)-4095;
}

// An error may be a pointer.
struct thing *error_pointer(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return ERR_PTR(-EINVAL); // expected-warning {{'error_pointer' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return t;
}

struct thing *error_pointer_of_another(struct thing *t, int key)
{
	struct thing *found;

	spin_lock(&t->lock);
	found = find(t, key);
	if (IS_ERR(found))
		return found; // expected-warning {{'error_pointer_of_another' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return found;
}

// No error, or nobody knows: the unlock is further down all the same.
int unknown_answer(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return random_number(); // expected-warning {{'unknown_answer' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return random_number();
}

void no_answer(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return; // expected-warning {{'no_answer' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
}

int same_answer(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready())
		return 0; // expected-warning {{'same_answer' returns while a spinlock is held [airlock-region-balance]}}
	spin_unlock(&t->lock);
	return 0;
}

struct thing *lock_found(struct thing *t, int key)
{
	struct thing *found;

	spin_lock(&t->lock);
	found = find(t, key);
	if (IS_ERR(found))
		spin_unlock(&t->lock);
	return found;
}

// The right way round: held when it says that it worked. Its callers are told.
int lock_ready(struct thing *t)
{
	spin_lock(&t->lock);
	if (!ready()) {
		spin_unlock(&t->lock);
		return -EINVAL;
	}
	return 0;
}
