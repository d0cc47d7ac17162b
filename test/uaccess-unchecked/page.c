// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=uaccess-unchecked -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
struct siginfo { int si_signo; };

// page: wrong
int fill(struct siginfo __user *infop, int signo)
{
	__uaccess_begin();
	unsafe_put_user(signo, &infop->si_signo, fault); // expected-warning {{'unsafe_put_user' writes user memory through '&infop->si_signo', which nothing has checked; call 'access_ok' or open the region with 'user_access_begin(ptr, len)' [airlock-uaccess-unchecked]}}
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
// page: end
// expected-note@api-user.h:* {{'unsafe_put_user' does not check the address by itself}}

// page: right
int fill_checked(struct siginfo __user *infop, int signo)
{
	if (!user_access_begin(infop, sizeof(*infop)))
		return -EFAULT;
	unsafe_put_user(signo, &infop->si_signo, fault);
	user_access_end();
	return 0;
fault:
	user_access_end();
	return -EFAULT;
}
// page: end
