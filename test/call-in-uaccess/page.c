// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=call-in-uaccess -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
struct result { u32 state; };
struct job { u32 state; };
u32 job_state(const struct job *job); // expected-note {{'job_state' has no definition in this translation unit}}
int _printk(const char *format, ...);
#define pr_debug(...) _printk(__VA_ARGS__)

// page: wrong
int report(struct result __user *to, const struct job *job)
{
	if (!user_access_begin(to, sizeof(*to))) // expected-note 2 {{'report' calls 'user_access_begin' here; from here on a user access region is open}}
		return -EFAULT;
	unsafe_put_user(job_state(job), &to->state, fault); // expected-warning {{'report' calls 'job_state' in an argument of 'unsafe_put_user', while a user access region is open; compute it before the region [airlock-call-in-uaccess]}}
	user_access_end();
	return 0;
fault:
	pr_debug("bad address\n"); // expected-warning {{'report' calls '_printk' while a user access region is open; '_printk' is neither '__uaccess_safe' nor shown safe by its body [airlock-call-in-uaccess]}}
	user_access_end();
	return -EFAULT;
}
// page: end

// page: right
int report_first(struct result __user *to, const struct job *job)
{
	u32 state = job_state(job);

	if (!user_access_begin(to, sizeof(*to)))
		return -EFAULT;
	unsafe_put_user(state, &to->state, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	pr_debug("bad address\n");
	return -EFAULT;
}
// page: end
