// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// might_sleep_if(), and parameters that say whether one may sleep.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;
enum { WORK_NOWAIT = 1, WORK_FORCE = 2 };

static void if_asked(bool wait) { might_sleep_if(wait); }
static void if_flagged(unsigned int flags) { might_sleep_if(!(flags & WORK_NOWAIT)); }
static void if_pointer(struct completion *done) { might_sleep_if(done); }
static void if_different(int mode) { might_sleep_if(mode != 0); }

void markers(struct completion *done)
{
	spin_lock(&lock);
	if_asked(true); // expected-warning {{'markers' calls 'if_asked', which may sleep, while}}
	if_asked(false);
	if_flagged(WORK_FORCE); // expected-warning {{'markers' calls 'if_flagged', which may sleep, while}}
	if_flagged(WORK_FORCE | WORK_NOWAIT);
	if_pointer(NULL);
	if_different(1); // expected-warning {{'markers' calls 'if_different', which may sleep, while}}
	if_different(0);
	might_sleep_if(true); // expected-warning-re {{'markers' {{calls|expands}} '{{.*}}', which may sleep, while}}
	might_sleep_if(false);
	might_sleep_if(sizeof(long) < 8);
	spin_unlock(&lock);
}

// bool can_sleep, tested before the call, in the shapes that people write.
static bool lock_if(bool can_sleep)
{
	if (can_sleep)
		mutex_lock(&mutex);
	else if (!mutex_trylock(&mutex))
		return false;
	return true;
}

static bool lock_unless(bool atomic)
{
	if (!atomic) {
		mutex_lock(&mutex);
		return true;
	}
	return mutex_trylock(&mutex);
}

static int lock_or_leave(bool can_sleep)
{
	if (mutex_trylock(&mutex))
		return 0;
	if (!can_sleep)
		return -EAGAIN;
	mutex_lock(&mutex);
	return 0;
}

static int lock_and_more(bool can_sleep, int n)
{
	if (can_sleep && n > 4)
		mutex_lock(&mutex);
	return n;
}

static int lock_likely(bool can_sleep)
{
	if (likely(can_sleep == true)) {
		mutex_lock(&mutex);
		return 0;
	}
	return -EBUSY;
}

static int lock_by_switch(int mode)
{
	return mode ? mutex_lock_killable(&mutex) : -EAGAIN;
}

static int lock_unless_flag(unsigned int flags)
{
	if (flags & WORK_NOWAIT)
		return -EAGAIN;
	mutex_lock(&mutex);
	return 0;
}

static int lock_in_variable(unsigned int flags)
{
	bool wait = !(flags & WORK_NOWAIT);

	if (wait)
		mutex_lock(&mutex);
	return wait;
}

void parameters(void)
{
	spin_lock(&lock);
	lock_if(true); // expected-warning {{'parameters' calls 'lock_if', which may sleep, while}}
	lock_if(false);
	lock_unless(false); // expected-warning {{'parameters' calls 'lock_unless', which may sleep, while}}
	lock_unless(true);
	lock_or_leave(1); // expected-warning {{'parameters' calls 'lock_or_leave', which may sleep, while}}
	lock_or_leave(0);
	lock_and_more(true, 7); // expected-warning {{'parameters' calls 'lock_and_more', which may sleep, while}}
	lock_and_more(false, 7);
	lock_likely(true); // expected-warning {{'parameters' calls 'lock_likely', which may sleep, while}}
	lock_likely(false);
	lock_by_switch(1); // expected-warning {{'parameters' calls 'lock_by_switch', which may sleep, while}}
	lock_by_switch(0);
	lock_unless_flag(WORK_FORCE); // expected-warning {{'parameters' calls 'lock_unless_flag', which may sleep, while}}
	lock_unless_flag(WORK_NOWAIT);
	lock_unless_flag(WORK_NOWAIT | WORK_FORCE);
	lock_in_variable(0); // expected-warning {{'parameters' calls 'lock_in_variable', which may sleep, while}}
	lock_in_variable(WORK_NOWAIT);
	spin_unlock(&lock);
}

// Through levels, turned round on the way, and next to parameters of the same value.
static bool level_one(int n, bool can_sleep) { return n ? lock_if(can_sleep) : false; }
static bool level_two(bool atomic, int n) { return level_one(n, !atomic); }
static bool level_three(unsigned int flags) { return level_two(flags & WORK_NOWAIT, 3); }
static bool level_four(unsigned int flags) { return level_three(flags | WORK_FORCE); }
static bool level_five(unsigned int flags) { return level_four(flags); }

void levels(void)
{
	spin_lock(&lock);
	level_one(true, true); // expected-warning {{'levels' calls 'level_one', which may sleep, while}}
	level_one(true, false);
	level_two(false, 1); // expected-warning {{'levels' calls 'level_two', which may sleep, while}}
	level_two(true, 1);
	level_three(0); // expected-warning {{'levels' calls 'level_three', which may sleep, while}}
	level_three(WORK_NOWAIT);
	level_four(0); // expected-warning {{'levels' calls 'level_four', which may sleep, while}}
	level_four(WORK_NOWAIT);
	level_five(0); // expected-warning {{'levels' calls 'level_five', which may sleep, while}}
	level_five(WORK_NOWAIT);
	spin_unlock(&lock);
}

// What the caller itself was given decides there, and its callers see that.
static void pass_on(bool can_sleep)
{
	spin_lock(&lock);
	lock_if(can_sleep);
	spin_unlock(&lock);
}

void nobody_sleeps(void)
{
	pass_on(false);
}

// Tested and not taken: the call is not there, even if the lock is.
void tested_here(bool locked)
{
	if (locked)
		spin_lock(&lock);
	lock_if(!locked);
	if (!locked)
		mutex_unlock(&mutex);
	if (locked)
		spin_unlock(&lock);
}

// The test asks for something else.
static void other_question(bool ready)
{
	if (ready)
		printk("ready\n");
	mutex_lock(&mutex);
}

void other(void)
{
	spin_lock(&lock);
	other_question(false); // expected-warning {{'other' calls 'other_question', which may sleep, while}}
	spin_unlock(&lock);
}

// A question with both answers decides nothing, asked in an argument or by a branch.
int someone(void);

static void takes_flag(int flag)
{
	mutex_lock(&mutex);
}

static void passes_bit(int flags)
{
	takes_flag(flags & WORK_FORCE);
}

static void sleeps_both_ways(int flags)
{
	if (flags & WORK_FORCE)
		mutex_lock(&mutex);
	else
		msleep(1);
}

static void sleeps_one_way(int flags)
{
	if (flags & WORK_FORCE)
		mutex_lock(&mutex);
}

void bits_of_what_nobody_knows(void)
{
	spin_lock(&lock);
	passes_bit(someone()); // expected-warning {{'bits_of_what_nobody_knows' calls 'passes_bit', which may sleep, while}}
	sleeps_both_ways(someone()); // expected-warning {{'bits_of_what_nobody_knows' calls 'sleeps_both_ways', which may sleep, while}}
	sleeps_one_way(someone());
	spin_unlock(&lock);
}
