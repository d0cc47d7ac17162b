// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Locks that the end of the scope releases: the shape of include/linux/cleanup.h.
#ifndef API_CLEANUP_H
#define API_CLEANUP_H

#include "api-locks.h"
#include "api-memory.h"

// A class is a type, what makes a value of it and what the end of the scope does to that value, called _T.
#define DEFINE_CLASS(kind, type, destroy, create, ...)					\
	typedef type class_##kind##_t;							\
	static inline void class_##kind##_destructor(type *at)				\
	{										\
		type _T = *at;								\
		destroy;								\
	}										\
	static inline type class_##kind##_constructor(__VA_ARGS__)			\
	{										\
		type made = create;							\
		return made;								\
	}
#define CLASS(kind, variable)								\
	class_##kind##_t variable __cleanup(class_##kind##_destructor) = class_##kind##_constructor

// The pointer itself is the class.
#define DEFINE_GUARD(kind, type, lock_it, unlock_it)					\
	static __maybe_unused const bool class_##kind##_is_conditional = false;		\
	DEFINE_CLASS(kind, type, if (_T) { unlock_it; }, ({ lock_it; _T; }), type _T)	\
	static inline void *class_##kind##_lock_ptr(class_##kind##_t *_T) { return *_T; }
#define DEFINE_GUARD_COND(kind, suffix, try_it)						\
	static __maybe_unused const bool class_##kind##suffix##_is_conditional = true;	\
	typedef class_##kind##_t class_##kind##suffix##_t;				\
	static inline void class_##kind##suffix##_destructor(class_##kind##_t *at)	\
	{										\
		class_##kind##_destructor(at);						\
	}										\
	static inline class_##kind##_t class_##kind##suffix##_constructor(class_##kind##_t _T)	\
	{										\
		class_##kind##_t made = ({ void *got = _T; if (_T && !(try_it)) got = NULL; got; });	\
		return made;								\
	}										\
	static inline void *class_##kind##suffix##_lock_ptr(class_##kind##_t *at)	\
	{										\
		return class_##kind##_lock_ptr(at);					\
	}

// A struct holds the pointer and what else there is to keep, such as the flags of irqsave.
#define DEFINE_UNLOCK_GUARD(kind, type, unlock_it, ...)					\
	static __maybe_unused const bool class_##kind##_is_conditional = false;		\
	typedef struct {								\
		type *lock;								\
		__VA_ARGS__;								\
	} class_##kind##_t;								\
	static inline void class_##kind##_destructor(class_##kind##_t *_T)		\
	{										\
		if (_T->lock) {								\
			unlock_it;							\
		}									\
	}										\
	static inline void *class_##kind##_lock_ptr(class_##kind##_t *_T) { return (void *)_T->lock; }
#define DEFINE_LOCK_GUARD_1(kind, type, lock_it, unlock_it, ...)			\
	DEFINE_UNLOCK_GUARD(kind, type, unlock_it, __VA_ARGS__)				\
	static inline class_##kind##_t class_##kind##_constructor(type *l)		\
	{										\
		class_##kind##_t made = { .lock = l }, *_T = &made;			\
		lock_it;								\
		return made;								\
	}
#define DEFINE_LOCK_GUARD_0(kind, lock_it, unlock_it, ...)				\
	DEFINE_UNLOCK_GUARD(kind, void, unlock_it, __VA_ARGS__)				\
	static inline class_##kind##_t class_##kind##_constructor(void)			\
	{										\
		class_##kind##_t made = { .lock = (void *)1 }, *_T __maybe_unused = &made;	\
		lock_it;								\
		return made;								\
	}

#define guard(kind) CLASS(kind, __UNIQUE_ID(guard))

#define __guard_ptr(kind) class_##kind##_lock_ptr
#define __is_cond_ptr(kind) class_##kind##_is_conditional
#define scoped_guard_with(kind, label, ...)						\
	for (CLASS(kind, scope)(__VA_ARGS__);						\
	     __guard_ptr(kind)(&scope) || !__is_cond_ptr(kind); ({ goto label; }))	\
		if (0) {								\
		label:									\
			break;								\
		} else
#define scoped_guard(kind, ...) scoped_guard_with(kind, __UNIQUE_ID(label), __VA_ARGS__)

// Memory that the end of the scope frees.
#define DEFINE_FREE(kind, type, release)						\
	static inline void __free_##kind(void *at)					\
	{										\
		type _T = *(type *)at;							\
		release;								\
	}
#define __free(kind) __cleanup(__free_##kind)
#define no_free_ptr(p) ({ __typeof__(p) kept = (p); (p) = NULL; kept; })

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
DEFINE_GUARD_COND(mutex, _try, mutex_trylock(_T))
DEFINE_LOCK_GUARD_1(spinlock, spinlock_t, spin_lock(_T->lock), spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1(spinlock_irqsave, spinlock_t, spin_lock_irqsave(_T->lock, _T->flags),
		    spin_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)
// The marks are for sparse, which does not know of the cleanup: they say the opposite of what the guard does.
DEFINE_LOCK_GUARD_0(rcu,
	do {
		rcu_read_lock();
		__release(RCU);
	} while (0),
	do {
		__acquire(RCU);
		rcu_read_unlock();
	} while (0))
DEFINE_LOCK_GUARD_0(preempt, preempt_disable(), preempt_enable())
DEFINE_FREE(kfree, void *, if (_T) kfree(_T))

#endif
