// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Two calls of one function: the first may sleep if much comes together, the second does.
typedef struct spinlock { int x; } spinlock_t;
typedef unsigned gfp_t;
void spin_lock(spinlock_t *l); void spin_unlock(spinlock_t *l);
void might_sleep(void);
int a,b,c,d,e;
int get(void);
int maybe(int k)
{
	if (k == 7) { might_sleep(); return 1; }
	if (get()) if (get()) if (get()) if (get()) { might_sleep(); return 1; }
	return 0;
}
void f(spinlock_t *l, int k)
{
	spin_lock(l);
	maybe(3);
	maybe(7);
	spin_unlock(l);
}
