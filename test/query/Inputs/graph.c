/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "airlock.h"

int raw(int x) __uaccess;
static int helper(int x) __uaccess;
static int helper(int x) { return raw(x) + raw(x + 1); }

struct ops {
	int (*run)(int x) __uaccess;
};
static const struct ops table = { .run = helper };

int enter(const struct ops *o) __context_entry(uaccess);
int enter(const struct ops *o) { return o->run(1); }

int outside(int x) { return helper(x); }

int (*plain)(int x);
void keep(void) { plain = helper; }

int caller(void) { return enter(&table); }
int above(void) { return caller(); }
int further(void) { return above(); }
