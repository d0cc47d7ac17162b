// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Of each kind of finding several: with other arguments, with the same, as advice and as a warning.
#include "api.h"

static int maybe(int k)
{
	if (k == 7) {
		might_sleep();
		return 1;
	}
	if (get())
		if (get())
			if (get())
				if (get()) {
					might_sleep();
					return 1;
				}
	return 0;
}

void sleeps(spinlock_t *l, int k)
{
	spin_lock(l);
	maybe(3);
	maybe(7);
	elsewhere(1);
	maybe(3);
	maybe(state == 1 ? 7 : 3);
	might_sleep();
	might_sleep();
	spin_unlock(l);
}

static int same(int n)
{
	return get_value(n) + get_value(n + 1) + get_value(n);
}

void leaks(void)
{
	int (*one)(int) = get_value, (*two)(int) = same;

	keep(get_value);
	keep((void *)get_value);
	keep((__force void (*)(int))one);
	keep(two);
}

int unbalanced(spinlock_t *l, spinlock_t *m)
{
	spin_lock(l);
	if (get())
		return -1;
	if (get() > 2)
		return -2;
	spin_unlock(m);
	spin_unlock(l);
	return in_header(1);
}

int (*of_file)(int) = get_value;
