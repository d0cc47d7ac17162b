// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=double-fetch -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
struct dedupe { u16 count; u64 info[]; };
int vfs_dedupe_file_range(struct dedupe *same);

// page: wrong
int dedupe(struct dedupe __user *argp)
{
	struct dedupe *same;
	u16 count;

	if (get_user(count, &argp->count)) // expected-note {{'get_user' fetches it for the first time here}}
		return -EFAULT;
	same = memdup_user(argp, offsetof(struct dedupe, info[count])); // expected-warning {{'memdup_user' fetches again what 'get_user' has fetched and a decision was made on; user space may have changed it since, so compare the second copy or use the first [airlock-double-fetch]}} expected-note {{what was fetched decides here}}
	if (IS_ERR(same))
		return PTR_ERR(same);
	return vfs_dedupe_file_range(same); // expected-note {{the second copy is used here}}
}
// page: end

// page: right
int dedupe_once(struct dedupe __user *argp)
{
	struct dedupe *same;
	u16 count;

	if (get_user(count, &argp->count))
		return -EFAULT;
	same = memdup_user(argp, offsetof(struct dedupe, info[count]));
	if (IS_ERR(same))
		return PTR_ERR(same);
	same->count = count;
	return vfs_dedupe_file_range(same);
}
// page: end
