/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/* What every file of cases has: how a case is written, and locks to hold. */
#ifndef AIRLOCK_CASES_H
#define AIRLOCK_CASES_H

#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

/* A case is an exported function, so that it is found by its name. Functions that belong to it are called NAME__whatever. */
#define CASE(name)                                                                                                     \
	int case_##name(void);                                                                                             \
	EXPORT_SYMBOL_GPL(case_##name);                                                                                    \
	int case_##name(void)

/* Why the kernel and Airlock do not say the same of a case; the table has it. */
#define DIFFERS(name, why)

/*
 * A call that sleeps, in two cases: with a spinlock held, and with none. Nobody complains of what is before and after.
 * Both are written out: what goes through two macros is expanded in between, and a comma in it parts it.
 */
#define SLEEPS_WITH(name, before, call, after)                                                                         \
	CASE(name##_locked)                                                                                                \
	{                                                                                                                  \
		before;                                                                                                        \
		spin_lock(&spinlock);                                                                                          \
		call;                                                                                                          \
		spin_unlock(&spinlock);                                                                                        \
		after;                                                                                                         \
		return 0;                                                                                                      \
	}                                                                                                                  \
	CASE(name)                                                                                                         \
	{                                                                                                                  \
		before;                                                                                                        \
		call;                                                                                                          \
		after;                                                                                                         \
		return 0;                                                                                                      \
	}
#define SLEEPS(name, call) SLEEPS_WITH(name, , call, )

/* A call that does not sleep, with a spinlock held. */
#define ATOMIC_WITH(name, before, call, after)                                                                         \
	CASE(name##_locked)                                                                                                \
	{                                                                                                                  \
		before;                                                                                                        \
		spin_lock(&spinlock);                                                                                          \
		call;                                                                                                          \
		spin_unlock(&spinlock);                                                                                        \
		after;                                                                                                         \
		return 0;                                                                                                      \
	}
#define ATOMIC(name, call) ATOMIC_WITH(name, , call, )

extern spinlock_t spinlock;
extern struct mutex mutex;
extern struct srcu_struct srcu;
/* What neither the compiler nor Airlock can know: this is true. */
extern volatile bool yes;
/* Memory of the process that asked for the case, and how much of it there is. */
extern char __user *user_memory;
extern size_t user_size;

#endif
