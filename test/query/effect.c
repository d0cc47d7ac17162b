// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// airlock why --effect: what decides is whether the effect comes about, not only whether there are calls.
// RUN: rm -rf %t && mkdir %t && cp %s %t/effect.c && cd %t
// RUN: %airlock check effect.c --model linux --summary a.sum -- -I %src/annotations/include > out.txt
// DEFINE: %{f} =
// DEFINE: %{more} =
// DEFINE: %{prefix} =
// DEFINE: %{why} = %airlock why %{f} --effect sleep %{more} a.sum | FileCheck %s --check-prefix=%{prefix}
// DEFINE: %{never} = %exits 1 %airlock why %{f} --effect sleep --all a.sum | FileCheck %s --check-prefix=NEVER -DF=%{f}
// NEVER-NOT: {{.}}
// NEVER: {{^}}no path from '[[F]]' to effect 'sleep'
// NEVER-EMPTY:
#include <airlock.h>

#define __GFP_DIRECT_RECLAIM 0x400u
#define GFP_KERNEL 0xcc0u
#define GFP_ATOMIC 0x820u
void might_sleep(void);
void *kmalloc(unsigned long size, unsigned flags);
typedef struct spinlock spinlock_t;
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);

void plain(void)
{
	might_sleep();
}
// REDEFINE: %{f} = plain
// REDEFINE: %{prefix} = PLAIN
// RUN: %{why}
//      PLAIN: {{^}}effect.c:26:2: 'plain' calls 'might_sleep' here
// PLAIN-NEXT: {{^}}effect.c:18:6: 'might_sleep' may sleep
// PLAIN-EMPTY:
// PLAIN-NEXT: {{^}}the shortest path from 'plain' to effect 'sleep'

// A primitive is the answer itself.
// REDEFINE: %{f} = might_sleep
// REDEFINE: %{prefix} = PRIMITIVE
// RUN: %{why}
//      PRIMITIVE: {{^}}effect.c:18:6: 'might_sleep' may sleep
// PRIMITIVE-EMPTY:
// PRIMITIVE-NEXT: {{^}}the shortest path from 'might_sleep' to effect 'sleep'

// An allocation sleeps or not by its flags, wherever they come from.
void *atomic(void)
{
	return kmalloc(8, GFP_ATOMIC);
}
void *with_flags(unsigned long size, unsigned flags)
{
	return kmalloc(size, flags);
}
void *passes_atomic(void)
{
	return with_flags(8, GFP_ATOMIC);
}
void *passes_kernel(void)
{
	return with_flags(8, GFP_KERNEL);
}
void *takes_the_flag_away(unsigned flags)
{
	return with_flags(8, flags & ~__GFP_DIRECT_RECLAIM);
}
void *on_request(int sleeps)
{
	if (sleeps)
		return kmalloc(8, GFP_KERNEL);
	return kmalloc(8, GFP_ATOMIC);
}
// REDEFINE: %{f} = atomic
// RUN: %{never}
// REDEFINE: %{f} = passes_atomic
// RUN: %{never}
// REDEFINE: %{f} = takes_the_flag_away
// RUN: %{never}
// REDEFINE: %{f} = with_flags
// REDEFINE: %{prefix} = FLAGS
// RUN: %{why}
//      FLAGS: {{^}}if argument 2 of 'with_flags' has '__GFP_DIRECT_RECLAIM':
// FLAGS-NEXT: {{^}}effect.c:[[@LINE-30]]:9: 'with_flags' calls 'kmalloc' here
// FLAGS-NEXT: {{^}}effect.c:19:7: 'kmalloc' may sleep if argument 2 has '__GFP_DIRECT_RECLAIM'
// REDEFINE: %{f} = passes_kernel
// REDEFINE: %{prefix} = KERNEL
// RUN: %{why}
//  KERNEL-NOT: {{^}}if
//      KERNEL: {{^}}effect.c:{{[0-9:]+}} 'passes_kernel' calls 'with_flags' here
// KERNEL-NEXT: {{^}}effect.c:{{[0-9:]+}} 'with_flags' calls 'kmalloc' here
// KERNEL-NEXT: {{^}}effect.c:{{[0-9:]+}} 'kmalloc' may sleep if argument 2 has
// REDEFINE: %{f} = on_request
// REDEFINE: %{prefix} = REQUEST
// REDEFINE: %{more} = --all
// RUN: %{why}
//      REQUEST: {{^}}if argument 1 of 'on_request' is true:
// REQUEST-NEXT: {{^}}effect.c:[[@LINE-27]]:10: 'on_request' calls 'kmalloc' here
// REQUEST-NEXT: 'kmalloc' may sleep
//      REQUEST: {{^}}1 path from

// Every call counts, and a condition on one is none on the other.
void *twice(unsigned flags)
{
	might_sleep();
	return kmalloc(8, flags);
}
void *twice_atomic(void)
{
	return twice(GFP_ATOMIC);
}
// REDEFINE: %{f} = twice
// REDEFINE: %{prefix} = TWICE
// RUN: %{why}
//      TWICE: {{^}}effect.c:[[@LINE-10]]:2: 'twice' calls 'might_sleep' here
//      TWICE: {{^}}if argument 1 of 'twice' has '__GFP_DIRECT_RECLAIM':
// TWICE-NEXT: {{^}}effect.c:[[@LINE-11]]:9: 'twice' calls 'kmalloc' here
//      TWICE: {{^}}2 paths from
// REDEFINE: %{f} = twice_atomic
// REDEFINE: %{prefix} = ONCE
// RUN: %{why}
// ONCE-NOT: 'kmalloc'
//     ONCE: {{^}}1 path from

// A slot may hold what sleeps; a function that is handed on sleeps where it is handed on, and nowhere else.
struct ops {
	void (*run)(void);
};
static void quiet(void) { }
struct ops sleeping = { .run = plain }, other = { .run = quiet };
void through_slot(struct ops *ops)
{
	ops->run();
}
void call_it(void (*fn)(void))
{
	fn();
}
void hands_on(void)
{
	call_it(plain);
}
void hands_on_quiet(void)
{
	call_it(quiet);
}
// REDEFINE: %{f} = through_slot
// REDEFINE: %{prefix} = SLOT
// RUN: %{why}
//      SLOT: {{^}}effect.c:[[@LINE-17]]:2: 'through_slot' calls through 'ops.run' here
// SLOT-NEXT: {{^}}effect.c:[[@LINE-21]]:32: 'plain' is stored in 'ops.run' here
// SLOT-NEXT: {{^}}effect.c:26:2: 'plain' calls 'might_sleep' here
// SLOT-NEXT: {{^}}effect.c:18:6: 'might_sleep' may sleep
//      SLOT: {{^}}1 path from
// REDEFINE: %{f} = hands_on
// REDEFINE: %{prefix} = HANDS
// RUN: %{why}
//      HANDS: {{^}}effect.c:[[@LINE-17]]:2: 'hands_on' calls 'call_it' here
// HANDS-NEXT: {{^}}effect.c:[[@LINE-18]]:10: 'plain' is passed to 'call_it' as 'fn' here
// HANDS-NEXT: {{^}}effect.c:26:2: 'plain' calls 'might_sleep' here
//      HANDS: {{^}}1 path from
// REDEFINE: %{f} = hands_on_quiet
// RUN: %{never}
// REDEFINE: %{f} = call_it
// REDEFINE: %{prefix} = CALLED
// RUN: %{why}
//      CALLED: {{^}}effect.c:{{[0-9:]+}} 'call_it' calls through 'fn' here
// CALLED-NEXT: {{^}}effect.c:{{[0-9:]+}} 'plain' is passed to 'call_it' as 'fn' here

// Recursion; and a promise is trusted.
int recursive(int n)
{
	if (n)
		return recursive(n - 1);
	might_sleep();
	return 0;
}
void __no_sleep promises(void);
void trusts(void)
{
	promises();
}
// REDEFINE: %{f} = recursive
// REDEFINE: %{prefix} = RECURSIVE
// REDEFINE: %{more} = --shortest
// RUN: %{why}
//      RECURSIVE: {{^}}if argument 1 of 'recursive' is false:
// RECURSIVE-NEXT: {{^}}effect.c:[[@LINE-13]]:2: 'recursive' calls 'might_sleep' here
// REDEFINE: %{f} = trusts
// RUN: %{never}

// Every kind of the effect counts: a fault is a kind of sleep, where nothing keeps it from sleeping.
unsigned long copy_from_user(void *to, const void __user *from, unsigned long size);
void pagefault_disable(void);
void pagefault_enable(void);
void copies(void *to, void __user *from)
{
	copy_from_user(to, from, 8);
}
void copies_without_faults(void *to, void __user *from)
{
	pagefault_disable();
	copies(to, from);
	pagefault_enable();
}
// REDEFINE: %{f} = copies
// REDEFINE: %{prefix} = FAULT
// RUN: %{why}
//      FAULT: {{^}}effect.c:[[@LINE-11]]:2: 'copies' calls 'copy_from_user' here
// FAULT-NEXT: 'copy_from_user' may sleep in a user page fault
// REDEFINE: %{f} = copies_without_faults
// RUN: %{never}
