// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An allocation sleeps if its flags allow direct reclaim: in every spelling that a constant has, and through locals.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// With the bits numbered otherwise the values change and the answers do not.
// RUN: %airlock_cc -DANOTHER_CONFIGURATION -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DANOTHER_CONFIGURATION -DNO_BODIES -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
enum { MY_FLAGS = GFP_KERNEL, MY_ATOMIC = GFP_ATOMIC };
#define DRIVER_GFP (GFP_KERNEL | __GFP_NOWARN)
#define DRIVER_ATOMIC (GFP_ATOMIC | __GFP_NOWARN)
#define ONLY_ATOMIC(flags) ((flags) & ~__GFP_DIRECT_RECLAIM)
static const gfp_t fixed = GFP_KERNEL;
struct device_state { gfp_t gfp; bool fast; };

void constants(void)
{
	spin_lock(&lock);
	kmalloc(8, GFP_KERNEL); // expected-warning {{'constants' calls 'kmalloc', which may sleep, while}}
	kmalloc(8, GFP_ATOMIC);
	kmalloc(8, GFP_NOWAIT);
	kmalloc(8, 0);
	kmalloc(8, 0xfffffff); // expected-warning {{'constants' calls 'kmalloc'}}
	kmalloc(8, (gfp_t)(GFP_NOIO)); // expected-warning {{'constants' calls 'kmalloc'}}
	kmalloc(8, __GFP_DIRECT_RECLAIM); // expected-warning {{'constants' calls 'kmalloc'}}
	kmalloc(8, __GFP_KSWAPD_RECLAIM | __GFP_ZERO);
	spin_unlock(&lock);
}

void enumerators(void)
{
	spin_lock(&lock);
	kmalloc(8, MY_FLAGS); // expected-warning {{'enumerators' calls 'kmalloc'}}
	kmalloc(8, MY_ATOMIC);
	kmalloc(8, MY_FLAGS & ~__GFP_RECLAIM);
	kmalloc(8, MY_ATOMIC | __GFP_ZERO);
	spin_unlock(&lock);
}

void macros(void)
{
	spin_lock(&lock);
	kmalloc(8, DRIVER_GFP); // expected-warning {{'macros' calls 'kmalloc'}}
	kmalloc(8, DRIVER_ATOMIC);
	kmalloc(8, ONLY_ATOMIC(GFP_KERNEL));
	kmalloc(8, ONLY_ATOMIC(GFP_KERNEL) | __GFP_DIRECT_RECLAIM); // expected-warning {{'macros' calls 'kmalloc'}}
	spin_unlock(&lock);
}

void expressions(void)
{
	spin_lock(&lock);
	kmalloc(8, GFP_KERNEL & ~__GFP_DIRECT_RECLAIM);
	kmalloc(8, GFP_KERNEL | __GFP_ZERO); // expected-warning {{'expressions' calls 'kmalloc'}}
	kmalloc(8, GFP_ATOMIC | __GFP_ZERO);
	kmalloc(8, GFP_KERNEL ^ __GFP_DIRECT_RECLAIM);
	kmalloc(8, sizeof(int) == 4 ? GFP_ATOMIC : GFP_KERNEL);
	kmalloc(8, sizeof(int) != 4 ? GFP_ATOMIC : GFP_KERNEL); // expected-warning {{'expressions' calls 'kmalloc'}}
	kmalloc(8, ({ GFP_ATOMIC; }));
	spin_unlock(&lock);
}

// Assigned once.
void local_once(void)
{
	gfp_t flags = GFP_KERNEL | __GFP_ZERO;
	const gfp_t atomic = GFP_ATOMIC;
	gfp_t later;

	later = GFP_NOFS;
	spin_lock(&lock);
	kmalloc(8, flags); // expected-warning {{'local_once' calls 'kmalloc'}}
	kmalloc(8, atomic);
	kmalloc(8, later); // expected-warning {{'local_once' calls 'kmalloc'}}
	kmalloc(8, flags & ~__GFP_DIRECT_RECLAIM);
	kmalloc(8, atomic | __GFP_ZERO);
	spin_unlock(&lock);
}

void const_variable(void)
{
	static const gfp_t inside = GFP_NOWAIT;

	spin_lock(&lock);
	kmalloc(8, fixed); // expected-warning {{'const_variable' calls 'kmalloc'}}
	kmalloc(8, inside);
	spin_unlock(&lock);
}

// One value on each arm: whichever it is, the lock is held.
void both_arms_sleep(bool user)
{
	gfp_t flags;

	if (user)
		flags = GFP_USER;
	else
		flags = GFP_KERNEL;
	spin_lock(&lock);
	kmalloc(8, flags); // expected-warning {{'both_arms_sleep' calls 'kmalloc'}}
	spin_unlock(&lock);
}

void neither_arm_sleeps(bool nowait)
{
	gfp_t flags;

	if (nowait)
		flags = GFP_NOWAIT;
	else
		flags = GFP_ATOMIC;
	spin_lock(&lock);
	kmalloc(8, flags);
	kmalloc(8, nowait ? GFP_NOWAIT : GFP_ATOMIC);
	spin_unlock(&lock);
}

void one_arm_sleeps(bool nowait)
{
	gfp_t flags;

	if (nowait)
		flags = GFP_NOWAIT;
	else
		flags = GFP_KERNEL;
	spin_lock(&lock);
	kmalloc(8, flags); // expected-warning {{'one_arm_sleeps' calls 'kmalloc'}}
	kmalloc(8, nowait ? GFP_NOWAIT : GFP_KERNEL); // expected-warning {{'one_arm_sleeps' calls 'kmalloc'}}
	spin_unlock(&lock);
}

// The flag that chose the value also chose whether there is a lock.
void *lock_decides(bool locked)
{
	gfp_t flags = locked ? GFP_ATOMIC : GFP_KERNEL;
	void *p;

	if (locked)
		spin_lock(&lock);
	p = kmalloc(8, flags);
	if (locked)
		spin_unlock(&lock);
	return p;
}

// What was stored first is gone by the time of the call.
void *reassigned(void)
{
	gfp_t flags = GFP_KERNEL;
	void *p = kmalloc(8, flags);

	kfree(p);
	flags = GFP_ATOMIC;
	spin_lock(&lock);
	p = kmalloc(8, flags);
	spin_unlock(&lock);
	return p;
}

void *masked_in_place(void)
{
	gfp_t flags = GFP_KERNEL;
	void *p;

	flags &= ~__GFP_DIRECT_RECLAIM;
	spin_lock(&lock);
	p = kmalloc(8, flags);
	spin_unlock(&lock);
	return p;
}

// Whoever gets the address of the variable may change it.
void change_flags(gfp_t *flags);
void *passed_by_address(void)
{
	gfp_t flags = GFP_KERNEL;
	void *p;

	change_flags(&flags);
	spin_lock(&lock);
	p = kmalloc(8, flags);
	spin_unlock(&lock);
	return p;
}

// Nobody knows what is in there: quiet, like any unknown callee.
void unknown_flags(struct device_state *state, gfp_t *flags)
{
	spin_lock(&lock);
	kmalloc(8, state->gfp);
	kmalloc(8, *flags);
	kmalloc(8, state->gfp & ~__GFP_DIRECT_RECLAIM);
	kmalloc(8, state->gfp | __GFP_DIRECT_RECLAIM); // expected-warning {{'unknown_flags' calls 'kmalloc'}}
	spin_unlock(&lock);
}

void with_no_lock(void)
{
	kmalloc(8, GFP_KERNEL);
}
