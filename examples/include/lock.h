/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* lock.h - a spinlock forbids sleeping while it is held; taking a mutex may sleep. */
#ifndef EXAMPLES_LOCK_H
#define EXAMPLES_LOCK_H

#include "types.h"

typedef struct {
	int locked;
} spinlock_t;

void spin_lock_init(spinlock_t *lock);
void spin_lock(spinlock_t *lock);
bool spin_trylock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);

struct mutex {
	int locked;
};

void mutex_init(struct mutex *lock);
void mutex_lock(struct mutex *lock);
int mutex_lock_killable(struct mutex *lock);	/* 0, or -EINTR on a signal */
bool mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

/* The subclass tells a lock checker apart two locks of one kind. */
#define mutex_lock_nested(lock, subclass) \
	do { (void)(subclass); mutex_lock(lock); } while (0)

#endif
