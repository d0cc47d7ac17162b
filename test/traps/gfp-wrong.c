// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Whether an allocation sleeps is in its flags: a constant, a variable, a parameter, several calls up.
// RUN: %airlock_cc -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -DNO_BODIES -I %S/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/primitives.json -I %S/Inputs \
// RUN:   -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
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
	return kmalloc(8, GFP_KERNEL); // expected-warning {{'constant' calls 'kmalloc', which may sleep, while}}
}

void *variable(bool user)
{
	gfp_t flags = user ? GFP_USER : GFP_KERNEL;

	guard(spinlock)(&lock);
	return kmalloc(8, flags); // expected-warning {{'variable' calls 'kmalloc', which may sleep, while}}
}

void *parameter(void)
{
	guard(spinlock)(&lock);
	return make_named("item", GFP_KERNEL); // expected-warning {{'parameter' calls 'make_named', which may sleep, while}}
}

int condition(void)
{
	guard(spinlock)(&lock);
	return prepare(1, GFP_NOIO); // expected-warning {{'condition' calls 'prepare', which may sleep, while}}
}
