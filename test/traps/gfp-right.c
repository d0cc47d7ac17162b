// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The same with flags that do not allow it.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// expected-no-diagnostics
#include "kernel-api.h"

static spinlock_t lock;
struct item { int n; };

static struct item *make_item(gfp_t flags) { return kzalloc(sizeof(struct item), flags); }
static struct item *make_named(const char *name, gfp_t flags) { return *name ? make_item(flags | __GFP_NOWARN) : NULL; }
static int prepare(int n, gfp_t flags)
{
	might_sleep_if(gfpflags_allow_blocking(flags));
	return n;
}

void *constant(void)
{
	guard(spinlock)(&lock);
	return kmalloc(8, GFP_ATOMIC);
}

void *variable(bool reserve)
{
	gfp_t flags = reserve ? GFP_ATOMIC : GFP_NOWAIT;

	guard(spinlock)(&lock);
	return kmalloc(8, flags);
}

void *parameter(void)
{
	guard(spinlock)(&lock);
	return make_named("item", GFP_ATOMIC | __GFP_ZERO);
}

int condition(void)
{
	guard(spinlock)(&lock);
	might_sleep_if(false);
	return prepare(1, GFP_NOWAIT);
}

void *before_the_lock(void)
{
	void *p = make_named("item", GFP_KERNEL);

	guard(spinlock)(&lock);
	return p;
}
