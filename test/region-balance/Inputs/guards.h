// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Locks that the end of a scope releases, in the shapes that the kernel's macros expand to.

#ifndef TEST_GUARDS_H
#define TEST_GUARDS_H

#include "locks.h"

#define __cleanup(f) __attribute__((cleanup(f)))
#define __unused __attribute__((unused))
#define __paste(a, b) a##b
#define __name(a, b) __paste(a, b)
#define __unique(name) __name(name, __COUNTER__)

// A lock that is its own guard: the variable is the pointer to it.
typedef struct thing *class_thing_t;

static inline class_thing_t class_thing_constructor(struct thing *t)
{
	class_thing_t made = ({ spin_lock(&t->lock); t; });

	return made;
}

static inline void class_thing_destructor(class_thing_t *scope)
{
	class_thing_t t = *scope;

	if (t) {
		spin_unlock(&t->lock);
	}
}

// The trylock form of it: the variable is null where the lock was not to be had.
typedef class_thing_t class_thing_try_t;

static inline class_thing_try_t class_thing_try_constructor(struct thing *t)
{
	class_thing_try_t made = ({
		struct thing *got = t;

		if (t && !(spin_trylock(&t->lock)))
			got = NULL;
		got;
	});

	return made;
}

static inline void class_thing_try_destructor(class_thing_try_t *scope)
{
	class_thing_destructor(scope);
}

// A guard that carries the lock in a structure.
typedef struct {
	spinlock_t *lock;
} class_spinlock_t;

static inline class_spinlock_t class_spinlock_constructor(spinlock_t *lock)
{
	class_spinlock_t made = { .lock = lock }, *scope = &made;

	spin_lock(scope->lock);
	return made;
}

static inline void class_spinlock_destructor(class_spinlock_t *scope)
{
	if (scope->lock) {
		spin_unlock(scope->lock);
	}
}

static inline void *class_spinlock_lock_ptr(class_spinlock_t *scope)
{
	return scope->lock;
}

typedef class_spinlock_t class_spinlock_try_t;

static inline class_spinlock_try_t class_spinlock_try_constructor(spinlock_t *lock)
{
	class_spinlock_t made = { .lock = lock }, *scope = &made;

	if (scope->lock && !(spin_trylock(scope->lock)))
		scope->lock = NULL;
	return made;
}

static inline void class_spinlock_try_destructor(class_spinlock_try_t *scope)
{
	class_spinlock_destructor(scope);
}

static inline void *class_spinlock_try_lock_ptr(class_spinlock_try_t *scope)
{
	return class_spinlock_lock_ptr(scope);
}

// A guard of something that is not a lock variable.
typedef struct {
	void *lock;
} class_rcu_t;

static inline class_rcu_t class_rcu_constructor(void)
{
	class_rcu_t made = { .lock = (void *)1 }, *scope __unused = &made;

	rcu_read_lock();
	return made;
}

static inline void class_rcu_destructor(class_rcu_t *scope)
{
	if (scope->lock) {
		rcu_read_unlock();
	}
}

static const bool class_spinlock_is_conditional __unused = false;
static const bool class_spinlock_try_is_conditional __unused = true;

#define CLASS(name, variable) \
	class_##name##_t variable __cleanup(class_##name##_destructor) = class_##name##_constructor

#define guard(name) CLASS(name, __unique(guard))

#define __scoped_guard(name, label, ...)                                                              \
	for (CLASS(name, scope)(__VA_ARGS__);                                                         \
	     class_##name##_lock_ptr(&scope) || !class_##name##_is_conditional; ({ goto label; }))    \
		if (0) {                                                                              \
		label:                                                                                \
			break;                                                                        \
		} else

#define scoped_guard(name, ...) __scoped_guard(name, __unique(label), __VA_ARGS__)

// The older form of it: a second variable ends the loop.
#define scoped_guard_by_variable(name, ...)                                                           \
	for (CLASS(name, scope)(__VA_ARGS__), *done = NULL;                                           \
	     class_##name##_lock_ptr(&scope) && !done; done = (void *)1)

#endif
