// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Code that asks at run time whether it may sleep knows the answer on that branch.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

static void if_preemptible(void)
{
	if (preemptible())
		mutex_lock(&mutex);
}

static void unless_in_atomic(void)
{
	if (!in_atomic())
		mutex_lock(&mutex);
}

static int leaves_if_atomic(void)
{
	if (in_atomic())
		return -EAGAIN;
	mutex_lock(&mutex);
	return 0;
}

static void several_questions(bool hurry)
{
	if (in_atomic() || hurry)
		udelay(1);
	else
		msleep(1);
}

static void remembers(void)
{
	bool may = preemptible();

	if (may)
		mutex_lock(&mutex);
}

static void unlikely_question(void)
{
	if (likely(preemptible() && !irqs_disabled()))
		mutex_lock(&mutex);
}

static void *chooses_flags(void)
{
	return kmalloc(8, in_atomic() ? GFP_ATOMIC : GFP_KERNEL);
}

static void told(bool may)
{
	if (may)
		mutex_lock(&mutex);
}

static void tells(void)
{
	told(preemptible());
	told(!in_atomic());
}

void fine(void)
{
	spin_lock(&lock);
	if_preemptible();
	unless_in_atomic();
	leaves_if_atomic();
	several_questions(false);
	remembers();
	unlikely_question();
	chooses_flags();
	tells();
	spin_unlock(&lock);
}

// The wrong branch, after the branch, another question.
static void if_in_atomic(void)
{
	if (in_atomic())
		mutex_lock(&mutex);
}

static void unless_preemptible(void)
{
	if (!preemptible())
		mutex_lock(&mutex);
}

static void either_branch(void)
{
	if (preemptible())
		printk("may sleep\n");
	mutex_lock(&mutex);
}

static void preemptible_or_not(bool hurry)
{
	if (preemptible() || hurry)
		mutex_lock(&mutex);
}

void wrong(void)
{
	spin_lock(&lock);
	if_in_atomic(); // expected-warning {{'wrong' calls 'if_in_atomic', which may sleep, while}}
	unless_preemptible(); // expected-warning {{'wrong' calls 'unless_preemptible', which may sleep, while}}
	either_branch(); // expected-warning {{'wrong' calls 'either_branch', which may sleep, while}}
	preemptible_or_not(true); // expected-warning {{'wrong' calls 'preemptible_or_not', which may sleep, while}}
	spin_unlock(&lock);
}
