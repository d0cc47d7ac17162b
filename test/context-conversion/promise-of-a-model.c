// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a model promises of a slot binds what is stored there, whatever is annotated elsewhere in the unit. A function that
// is seen whole keeps it by what it does: nobody has to annotate code that a model is about.
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// RUN: %airlock_cc -fplugin-arg-airlock-model=linux -I %S/../traps/Inputs -DANNOTATED -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
#include "kernel-api.h"
#include "airlock.h"

#ifdef ANNOTATED
void unrelated(void) __uaccess;
#endif

struct dma_fence { void *context; };
struct dma_fence_ops { void (*release)(struct dma_fence *); };
typedef void release_fn(struct dma_fence *);
static struct mutex mutex;

void unknown(struct dma_fence *u);
void promises(struct dma_fence *u) __no_sleep;
static void quick(struct dma_fence *u) { u->context = NULL; }
static void sleeps(struct dma_fence *u) { mutex_lock(&mutex); mutex_unlock(&mutex); (void)u; }

void fill(struct dma_fence_ops *u, release_fn *given)
{
	u->release = unknown; // expected-warning {{'dma_fence_ops.release' promises '__no_sleep', which 'unknown' does not; annotate 'unknown' with '__no_sleep'}}
	u->release = sleeps; // expected-warning {{'dma_fence_ops.release' promises '__no_sleep', which 'sleeps' does not}}
	u->release = given; // expected-warning {{'dma_fence_ops.release' promises '__no_sleep', which 'given' does not}}
	u->release = quick;
	u->release = promises;
	u->release = NULL;
}
