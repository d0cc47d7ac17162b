// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Locks with the kernel's names, as far as these tests need them. model=linux knows what each does.

#ifndef TEST_LOCKS_H
#define TEST_LOCKS_H

#include <airlock.h>

#define bool _Bool
#define true 1
#define false 0
#define NULL ((void *)0)

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

enum { EAGAIN = 11, EBUSY = 16, EINVAL = 22 };

typedef struct spinlock {
	int value;
} spinlock_t;

void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
int spin_trylock(spinlock_t *lock);

void rcu_read_lock(void);
void rcu_read_unlock(void);

struct thing {
	spinlock_t lock;
	bool shared;
	unsigned int flags;
	struct thing *next;
};

#define THING_SHARED 0x4u

// Nobody can tell what these are: each is a branch that nothing else decides, also where it is asked twice.
extern volatile int hardware_register;
#define ready() (hardware_register & 1)
#define random_number() (hardware_register)

void work(struct thing *t);
void cpu_relax(void);

_Noreturn void panic(const char *text);

#endif
