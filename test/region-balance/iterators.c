// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A pointer that is returned may say that a lock is held with it, whatever else is returned where it is not.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=region-balance -Xclang -verify %s
typedef struct spinlock { int x; } spinlock_t;
void spin_lock(spinlock_t *l);
void spin_unlock(spinlock_t *l);
struct item { struct item *next; };
struct table { spinlock_t first, second; struct item *some, *others; struct item **at; };
struct item *make(struct table *t);

// First from one list, under its lock, then from the other.
struct item *begin(struct table *t, int pos)
{
	spin_lock(&t->first);
	t->at = &t->some;
	for (struct item *i = t->some; i; i = i->next)
		if (pos-- == 0)
			return i;
	spin_unlock(&t->first);
	spin_lock(&t->second);
	t->at = &t->others;
	for (struct item *i = t->others; i; i = i->next)
		if (pos-- == 0)
			return i;
	spin_unlock(&t->second);
	return 0;
}

// Found and locked, or an error.
struct item *find(struct table *t, int pos, long error)
{
	struct item *i;

	spin_lock(&t->first);
	i = t->some;
	if (i)
		goto out;
	spin_unlock(&t->first);
	i = make(t);
	if (!i)
		return (struct item *)error;
	spin_lock(&t->first);
out:
	return i;
}

// A number says nothing of the sort.
int count(struct table *t, int pos)
{
	int n = 0;

	spin_lock(&t->first);
	for (struct item *i = t->some; i; i = i->next) {
		if (!i->next)
			return n; // expected-warning {{'count' returns while a spinlock is held}} \
			          // expected-note@52 {{'count' calls 'spin_lock' here; from here on a spinlock is held}}
		n++;
	}
	spin_unlock(&t->first);
	return n;
}
