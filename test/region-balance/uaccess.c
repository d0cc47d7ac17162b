// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The user access region as the kernel writes it: a conditional opener, accessors that jump to a label on a fault with the
// region still open, and every spelling of the pair.
// RUN: %airlock_cc -std=gnu11 -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -std=gnu11 -DNO_ASM_GOTO_OUTPUT -DMASKED_ADDRESSES -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -fplugin-arg-airlock-advice -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "../call-in-uaccess/Inputs/uaccess.h"

int put(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int put_left_open(u32 __user *p, u32 value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	user_access_end();
	return 0;
fault:
	return -EFAULT; // expected-warning {{'put_left_open' returns while a user access region is open [airlock-region-balance]}}
}

int get(u32 __user *p, u32 *value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(*value, p, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int get_left_open(u32 __user *p, u32 *value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(*value, p, fault);
	user_access_end();
	return 0;
fault:
	return -EFAULT; // expected-warning {{'get_left_open' returns while a user access region is open [airlock-region-balance]}}
}

// One label for both ends.
int common_end(u32 __user *p, u32 *value)
{
	int err = -EFAULT;

	if (unlikely(!user_access_begin(p, 2 * sizeof(*p))))
		return err;
	unsafe_get_user(value[0], p, end);
	unsafe_get_user(value[1], p + 1, end);
	err = 0;
end:
	user_access_end();
	return err;
}

// The label is beyond the end of the region, and the fault arrives there with it open.
int wrong_label(u32 __user *p, u32 value)
{
	int err = -EFAULT;

	if (!user_access_begin(p, sizeof(*p)))
		return err;
	unsafe_put_user(value, p, out);
	user_access_end();
	err = 0;
out:
	return err; // expected-warning {{'wrong_label' returns while a user access region is open, but not on every path [airlock-region-balance]}}
}

// Closed on the way to a label that closes it again.
int closed_twice(u32 __user *p, u32 *value)
{
	if (!user_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(*value, p, fault);
	user_access_end();
	if (*value)
		goto fault;
	return 0;
fault:
	user_access_end(); // expected-warning {{'closed_twice' expands 'user_access_end', which closes region 'uaccess', but it is not open on every path [airlock-region-balance]}}
	return -EFAULT;
}

int copy(char __user *to, const char *from, size_t len)
{
	if (!user_write_access_begin(to, len))
		return -EFAULT;
	unsafe_copy_to_user(to, from, len, fault);
	user_write_access_end();
	return 0;
fault:
	user_write_access_end();
	return -EFAULT;
}

int copy_left_open(char __user *to, const char *from, size_t len)
{
	if (!user_write_access_begin(to, len))
		return -EFAULT;
	unsafe_copy_to_user(to, from, len, fault);
	user_write_access_end();
	return 0;
fault:
	return -EFAULT; // expected-warning {{'copy_left_open' returns while a user access region is open [airlock-region-balance]}}
}

int read_forms(u32 __user *p, u32 *value)
{
	if (!user_read_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(*value, p, fault);
	user_read_access_end();
	return 0;
fault:
	user_read_access_end();
	return -EFAULT;
}

void low_level(u32 __user *p, u32 value)
{
	if (!access_ok(p, sizeof(*p)))
		return;
	__uaccess_begin_nospec();
	unsafe_put_user(value, p, fault);
fault:
	__uaccess_end();
}

void lowest_level(u32 __user *p, u32 value)
{
	stac();
	unsafe_put_user(value, p, fault);
	clac();
	return;
fault:
	value = 0;
} // expected-warning {{'lowest_level' returns while a user access region is open [airlock-region-balance]}}

// The masked form opens without a question; where it cannot, its arm is not there.
int masked(u32 __user *p, u32 *value)
{
	if (can_do_masked_user_access())
		p = masked_user_access_begin(p);
	else if (!user_read_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(*value, p, fault);
	user_read_access_end();
	return 0;
fault:
	user_read_access_end();
	return -EFAULT;
}

int masked_left_open(u32 __user *p, u32 *value)
{
	if (can_do_masked_user_access())
		p = masked_user_access_begin(p);
	else if (!user_read_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_get_user(*value, p, fault);
	user_read_access_end();
	return 0;
fault:
	return -EFAULT; // expected-warning {{'masked_left_open' returns while a user access region is open [airlock-region-balance]}}
}

// The masked form does not say what for; what is done in it does.
int masked_closed_for_other(u32 __user *p, u32 *value)
{
	p = masked_user_access_begin(p);
	unsafe_get_user(*value, p, fault);
	user_write_access_end(); // expected-warning-re {{'masked_closed_for_other' {{calls|expands}} 'user_write_access_end', which closes region 'uaccess' for 'write', but it is used for 'read' [airlock-region-balance]}}
	return 0;
fault:
	user_read_access_end();
	return -EFAULT;
}

int masked_closed_for_both(u32 __user *p, u32 *value)
{
	p = masked_user_access_begin(p);
	unsafe_get_user(*value, p, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int masked_not_used(u32 __user *p)
{
	p = masked_user_access_begin(p);
	user_write_access_end();
	return 0;
}

// One is used for one thing, the next for another one.
int masked_twice(u32 __user *p, u32 *value)
{
	u32 __user *at = masked_user_access_begin(p);

	unsafe_get_user(*value, at, fault);
	user_read_access_end();
	at = masked_user_access_begin(p);
	unsafe_put_user(*value, at, fault_of_put);
	user_write_access_end();
	return 0;
fault:
	user_read_access_end();
	return -EFAULT;
fault_of_put:
	user_write_access_end();
	return -EFAULT;
}

// Two places where it is closed for the wrong thing are two mistakes.
int closed_for_other_twice(u32 __user *p, u32 value)
{
	if (!user_write_access_begin(p, sizeof(*p)))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
	user_read_access_end(); // expected-warning-re {{{{calls|expands}} 'user_read_access_end', which closes region 'uaccess' for 'read', but it is open for 'write'}}
	return 0;
fault:
	user_read_access_end(); // expected-warning-re {{{{calls|expands}} 'user_read_access_end', which closes region 'uaccess' for 'read', but it is open for 'write'}}
	return -EFAULT;
}

// It opens where there is something to read, and closes when that fails: no caller is told to close it.
static inline int open_on_success(u32 *to, u32 __user *from)
{
	if (from) {
		if (!user_read_access_begin(from, sizeof(*from)))
			return -EFAULT;
		unsafe_get_user(*to, from, fault);
	}
	return 0; // expected-warning {{'open_on_success' returns while a user access region is open [airlock-region-balance]}}
fault:
	user_read_access_end();
	return -EFAULT;
}

int calls_open_on_success(u32 *to, u32 __user *from)
{
	return open_on_success(to, from);
}

// A pair of helpers that take the same question.
static inline int open_if(u32 __user *from, int wanted)
{
	if (wanted && !user_read_access_begin(from, sizeof(*from)))
		return -EFAULT;
	return 0;
}

static inline void close_if(int wanted)
{
	if (wanted)
		user_read_access_end();
}

int calls_both(u32 *to, u32 __user *from, int wanted)
{
	if (open_if(from, wanted))
		return -EFAULT;
	close_if(wanted);
	return 0;
}

int with_another_condition(u32 __user *p, u32 value, int n)
{
	if (!(n > 0 && user_access_begin(p, sizeof(*p))))
		return -EFAULT;
	unsafe_put_user(value, p, fault);
fault:
	user_access_end();
	return 0;
}

int failure_returns_first(u32 __user *p, u32 value)
{
	if (user_access_begin(p, sizeof(*p))) {
		unsafe_put_user(value, p, fault);
		user_access_end();
		return 0;
	}
	return -EFAULT;
fault:
	user_access_end();
	return -EFAULT;
}

int mistaken_answer(u32 __user *p, u32 value)
{
	if (user_access_begin(p, sizeof(*p)))
		return -EFAULT; // expected-warning {{'mistaken_answer' returns while a user access region is open [airlock-region-balance]}}
	*(volatile u32 *)p = value;
	return 0;
}

// Open for several accesses of a loop, or once a round.
int loop_inside(u32 __user *p, const u32 *values, int n)
{
	if (!user_access_begin(p, n * sizeof(*p)))
		return -EFAULT;
	for (int i = 0; i < n; i++)
		unsafe_put_user(values[i], p + i, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int loop_around(u32 __user *p, const u32 *values, int n)
{
	for (int i = 0; i < n; i++) {
		if (!user_access_begin(p + i, sizeof(*p)))
			return -EFAULT;
		unsafe_put_user(values[i], p + i, fault);
		user_access_end();
	}
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}

int loop_continues_open(u32 __user *p, const u32 *values, int n)
{
	for (int i = 0; i < n; i++) { // expected-warning-re@* 1+ {{'loop_continues_open' {{opens|calls|expands|returns}} {{.*}} [airlock-region-balance]}}
		if (!user_access_begin(p + i, sizeof(*p)))
			return -EFAULT;
		if (!values[i])
			continue;
		unsafe_put_user(values[i], p + i, fault);
		user_access_end();
	}
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
