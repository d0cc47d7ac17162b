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

struct urb { void (*complete)(struct urb *); void *context; };
typedef void complete_fn(struct urb *);
static struct mutex mutex;

void unknown(struct urb *u);
void promises(struct urb *u) __no_sleep;
static void quick(struct urb *u) { u->context = NULL; }
static void sleeps(struct urb *u) { mutex_lock(&mutex); mutex_unlock(&mutex); (void)u; }

void fill(struct urb *u, complete_fn *given)
{
	u->complete = unknown; // expected-warning {{'urb.complete' promises '__no_sleep', which 'unknown' does not; annotate 'unknown' with '__no_sleep'}}
	u->complete = sleeps; // expected-warning {{'urb.complete' promises '__no_sleep', which 'sleeps' does not}}
	u->complete = given; // expected-warning {{'urb.complete' promises '__no_sleep', which 'given' does not}}
	u->complete = quick;
	u->complete = promises;
	u->complete = NULL;
}
