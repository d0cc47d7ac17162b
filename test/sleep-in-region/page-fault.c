// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A user access sleeps in a page fault, unless page faults are disabled: then it fails. Wherever they were disabled,
// and however far down the access is.
// RUN: %airlock_cc -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/../traps/Inputs/primitives.json -I %S/../traps/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"

static spinlock_t lock;
static struct mutex mutex;

static int peek(int __user *at)
{
	int value;

	return get_user(value, at) ?: value;
}

static int peek_deeper(int __user *at) { return peek(at) + 1; }
static int peek_deepest(int __user *at) { return peek_deeper(at) + 1; }

int here(int __user *at __prevalidated)
{
	int value, error;

	spin_lock(&lock);
	error = get_user(value, at); // expected-warning-re {{'here' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, while}}
	pagefault_disable();
	error |= get_user(value, at);
	error |= __get_user(value, at);
	error |= copy_from_user(&value, at, sizeof(value));
	pagefault_enable();
	error |= __get_user(value, at); // expected-warning-re {{'here' {{calls|expands}} '{{.*}}', which may sleep in a user page fault, while}}
	spin_unlock(&lock);
	return error;
}

int down_there(int __user *at)
{
	int sum;

	spin_lock(&lock);
	sum = peek_deepest(at); // expected-warning {{'down_there' calls 'peek_deepest', which may sleep in a user page fault, while}}
	pagefault_disable();
	sum += peek_deepest(at);
	pagefault_enable();
	spin_unlock(&lock);
	return sum;
}

// Which was opened first does not matter.
int disabled_first(int __user *at)
{
	int sum;

	pagefault_disable();
	spin_lock(&lock);
	sum = peek(at);
	spin_unlock(&lock);
	pagefault_enable();
	return sum;
}

// The callee disables them itself, and so never sleeps for its callers.
static int peek_safely(int __user *at)
{
	int value;

	pagefault_disable();
	value = peek(at);
	pagefault_enable();
	return value;
}

static int peek_then_look(int __user *at)
{
	int value = peek_safely(at);

	return value ? value : peek(at);
}

int callee_disables(int __user *at)
{
	int sum;

	spin_lock(&lock);
	sum = peek_safely(at);
	sum += peek_then_look(at); // expected-warning {{'callee_disables' calls 'peek_then_look', which may sleep in a user page fault, while}}
	spin_unlock(&lock);
	return sum;
}

// Only on one of the paths: the access may come with faults enabled.
int sometimes_disabled(int __user *at, bool careful)
{
	int value;

	spin_lock(&lock);
	if (careful)
		pagefault_disable();
	value = peek(at); // expected-warning {{'sometimes_disabled' calls 'peek', which may sleep in a user page fault, while}}
	if (careful)
		pagefault_enable();
	spin_unlock(&lock);
	return value;
}

// Only faults are disabled: what sleeps for another reason still does.
static int peek_locked(int __user *at)
{
	int value;

	mutex_lock(&mutex);
	value = peek(at);
	mutex_unlock(&mutex);
	return value;
}

static int look_at_page(struct mm_struct *mm, int __user *at)
{
	bool unlocked = false;

	return fixup_user_fault(mm, (unsigned long)at, 0, &unlocked);
}

int another_reason(struct mm_struct *mm, int __user *at)
{
	int value;

	spin_lock(&lock);
	pagefault_disable();
	value = peek_locked(at); // expected-warning {{'another_reason' calls 'peek_locked', which may sleep, while}}
	value += look_at_page(mm, at); // expected-warning {{'another_reason' calls 'look_at_page', which may sleep, while}}
	pagefault_enable();
	spin_unlock(&lock);
	return value;
}

// By itself it forbids nothing.
int nothing_forbidden(int __user *at)
{
	int value;

	pagefault_disable();
	mutex_lock(&mutex);
	value = peek(at);
	mutex_unlock(&mutex);
	pagefault_enable();
	return value;
}

// The forms that never wait for a page.
long never_waits(int __user *at __prevalidated)
{
	int value = 0;
	long left;

	spin_lock(&lock);
	left = __copy_from_user_inatomic(&value, at, sizeof(value));
	left += __copy_to_user_inatomic(at, &value, sizeof(value));
	left += copy_from_user_nofault(&value, at, sizeof(value));
	spin_unlock(&lock);
	return left + value;
}

// Depth counts: after the inner enable they are still disabled.
int nested(int __user *at)
{
	int value;

	spin_lock(&lock);
	pagefault_disable();
	value = peek_safely(at);
	value += peek(at);
	pagefault_enable();
	spin_unlock(&lock);
	return value;
}
