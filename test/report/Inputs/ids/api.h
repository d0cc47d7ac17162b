// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <airlock.h>
typedef struct spinlock { int x; } spinlock_t;
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);
void might_sleep(void);
int get(void);
int get_value(int) __uaccess;
void keep(void *data);
extern int state;
int elsewhere(int k);

static inline int in_header(int k)
{
	return get_value(k);
}
