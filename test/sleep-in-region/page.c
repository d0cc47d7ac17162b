// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What its page shows, with the whole path.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -fplugin-arg-airlock-only=sleep-in-region -I %S/../traps/Inputs -Xclang -verify %s
#include "kernel-api.h"
struct port { struct port *next; };
struct switch_dev { spinlock_t lock; struct port *ports; };
static inline void add(struct switch_dev *s, struct port *p) { p->next = s->ports; s->ports = p; }

// page: wrong
int add_port(struct switch_dev *s)
{
	struct port *p;

	spin_lock(&s->lock); // expected-note {{'add_port' calls 'spin_lock' here; from here on a spinlock is held}}
	p = kzalloc(sizeof(*p), GFP_KERNEL); // expected-warning {{'add_port' calls 'kzalloc', which may sleep, while a spinlock is held [airlock-sleep-in-region]}}
	if (p)
		add(s, p);
	spin_unlock(&s->lock);
	return p ? 0 : -ENOMEM;
}
// page: end
// expected-note@api-memory.h:* {{'kzalloc' may sleep if argument 2 has '__GFP_DIRECT_RECLAIM'}}

// page: right
int add_port_early(struct switch_dev *s)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	spin_lock(&s->lock);
	add(s, p);
	spin_unlock(&s->lock);
	return 0;
}
// page: end
