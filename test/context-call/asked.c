// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Code that has asked at run time which context it is in knows it: a model says which function, macro or field answers.
// RUN: %airlock_cc -fplugin-arg-airlock-model=%S/Inputs/worker.json -Xclang -verify -Xclang -verify-ignore-unexpected=note %s
// The same from summaries.
// RUN: %exits 1 %airlock check --model %S/Inputs/worker.json --no-cache --format json -o %t.json %s -- -std=gnu11
// RUN: FileCheck %s --check-prefix=LINK --input-file %t.json
// LINK-COUNT-11: "rule": "context-call"
// LINK-NOT: "rule": "context-call"

#define __worker
#define __either
#define __off_worker
typedef _Bool bool;

struct queue { bool owned; int n; };
extern int thread;
bool on_worker(void);
bool is_foreign(void);
#define ASK_WORKER() (thread == 1)
void work(int n) __worker;
void post(int n);
void die(void) __attribute__((noreturn));

void asked(void) { if (on_worker()) work(1); else post(1); }
void asked_and_left(void) { if (!on_worker()) { post(1); return; } work(1); }
void in_a_variable(void) { bool here = on_worker(); post(0); if (here) work(1); }
void in_a_condition(int n) { if (n && on_worker() && n < 9) work(n); }
void in_an_arm(int n) { on_worker() ? work(n) : post(n); }
void asserted(void) { if (!on_worker()) die(); work(1); }
void the_other_answer(void) { if (is_foreign()) post(1); else work(1); }
void by_macro(void) { if (ASK_WORKER()) work(1); }
void by_field(struct queue *q) { if (q->owned) work(q->n); }

static bool helper(void) { return !on_worker(); }
void by_helper(void) { if (helper()) return; work(1); }
void by_helper_wrong(void) { if (helper()) work(1); } // expected-warning {{'by_helper_wrong' calls 'work'}}

void wrong_way(void) { if (!on_worker()) work(1); } // expected-warning {{'wrong_way' calls 'work', which needs context 'worker'}}
void after_both(void)
{
	if (on_worker())
		post(1);
	work(1); // expected-warning {{'after_both' calls 'work'}}
}
void one_way_only(int n)
{
	if (n || on_worker())
		work(1); // expected-warning {{'one_way_only' calls 'work'}}
}
void another_question(struct queue *q) { if (q->n) work(1); } // expected-warning {{'another_question' calls 'work'}}

// What must not be called in a context.
void wait_for_worker(void);
void drain(void) __off_worker;
extern void (*hook)(void) __off_worker;
#define FLUSH() ((void)thread)

void __worker inside(void)
{
	wait_for_worker(); // expected-warning {{'inside' calls 'wait_for_worker', which must not be called in context 'worker', and is in it}}
	drain(); // expected-warning {{'inside' calls 'drain', which must not be called in context 'worker'}}
	FLUSH(); // expected-warning {{'inside' expands 'FLUSH', which must not be called in context 'worker'}}
}
void __either both(void)
{
	if (!on_worker())
		drain();
	else
		work(1);
	if (on_worker())
		drain(); // expected-warning {{'both' calls 'drain'}}
}
void outside(void) { drain(); wait_for_worker(); FLUSH(); }
void asked_outside(void) { if (!on_worker()) drain(); }
void asked_inside(void) { if (on_worker()) drain(); } // expected-warning {{'asked_inside' calls 'drain'}}
void through_a_pointer(void) { hook(); }
void __worker through_a_pointer_inside(void) { hook(); } // expected-warning {{'through_a_pointer_inside' calls through 'hook'}}
void on_purpose(void) __off_worker;
void on_purpose(void) { drain(); }
