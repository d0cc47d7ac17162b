// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every annotation in every place where it means something, with no word from the compiler.
// RUN: %airlock_cc -std=gnu11 -Wall -Wextra -Wno-unused -Xclang -verify %s
// RUN: %airlock_cc -std=c11 -Wall -Wextra -Wno-unused -Xclang -verify %s
// RUN: %airlock_cc -std=gnu17 -Wall -Wextra -Wno-unused -Xclang -verify %s
// RUN: %airlock_cc -std=c23 -Wall -Wextra -Wno-unused -Xclang -verify %s
// expected-no-diagnostics
#include <airlock.h>

/* The qualifier on functions: before, inside and after the declarator, with every storage class. */
__uaccess int before(int);
int __uaccess inside(int);
int after(int) __uaccess;
extern __uaccess int extern_before(int);
extern int extern_after(int) __uaccess;
static int static_after(int) __uaccess;
static int static_after(int n) { return n; }
static inline int __uaccess inline_inside(int n) { return n; }
__uaccess static inline int inline_before(int n) { return n; }
const char *__uaccess returns_pointer(int);
const char *returns_pointer_after(int) __uaccess;
void __in_context(uaccess) long_form(void);
int (*__uaccess returns_function(void))(int);
_Noreturn void __uaccess no_return(void);

/* On several declarators at once. */
int one(int) __uaccess, two(int), three(int) __uaccess;
__uaccess int all_one(int), all_two(int);

/* On typedefs of functions and of pointers. */
typedef int accessor(int) __uaccess;
typedef int __uaccess accessor_inside(int);
typedef __uaccess int accessor_before(int);
typedef int (*accessor_ptr)(int) __uaccess;
typedef int (*__uaccess accessor_ptr_inside)(int);
typedef __uaccess int (*accessor_ptr_before)(int);
typedef accessor *accessor_ptr_alias;
typedef int (*accessor_table[2])(int) __uaccess;
accessor declared_by_typedef;

/* On variables and arrays of pointers. */
int (*variable)(int) __uaccess;
int (*__uaccess variable_inside)(int);
__uaccess int (*variable_before)(int);
static int (*static_variable)(int) __uaccess;
extern int (*extern_variable)(int) __uaccess;
int (*const const_variable)(int) __uaccess = 0;
int (*volatile volatile_variable)(int) __uaccess;
int (*array[4])(int) __uaccess;
int (*matrix[2][2])(int) __uaccess;
int (*open_array[])(int) __uaccess = { 0, 0 };
accessor *by_function_typedef __uaccess;
accessor_ptr by_typedef;
int (*initialized)(int) __uaccess = after;

/* On fields, in unions and in anonymous members. */
struct ops {
	int (*field)(int) __uaccess;
	int (*__uaccess field_inside)(int);
	__uaccess int (*field_before)(int);
	int (*table[2])(int) __uaccess;
	accessor *typed;
	union {
		int (*in_union)(int) __uaccess;
		void *data;
	};
	struct {
		int (*in_struct)(int) __uaccess;
	};
	void *__prevalidated checked;
	void *checked_after __prevalidated;
	int (*sleeps)(int) __may_sleep;
	int (*never_sleeps)(int) __no_sleep;
	int (*both)(int) __uaccess __no_sleep;
};
union either {
	int (*field)(int) __uaccess;
	void *data;
};

/* On parameters: of prototypes, of definitions, of pointers. */
void parameter(int (*cb)(int) __uaccess);
void parameter_inside(int (*__uaccess cb)(int));
void parameter_before(__uaccess int (*cb)(int));
void parameter_unnamed(int (*)(int) __uaccess);
void parameter_function(int cb(int) __uaccess);
void parameter_array(int (*cbs[])(int) __uaccess);
void (*pointer_parameter)(int (*cb)(int) __uaccess);
static inline void parameter_defined(int (*cb)(int) __uaccess) { (void)cb; }

/* The others, on functions. */
int __context_entry(uaccess) entry(int);
int entry_after(int) __context_entry(uaccess);
void __may_sleep sleeps(void);
void sleeps_after(void) __may_sleep;
void __no_sleep never_sleeps(void);
void never_sleeps_after(void) __no_sleep;
void __uaccess_safe safe(void);
void safe_after(void) __uaccess_safe;
void __enters(uaccess) opens(void);
void __exits(uaccess) closes(void);
int __cond_enters(true, uaccess) opens_if(void);
int __cond_enters(false, spinlock) opens_unless(void);
int __cond_exits(true, uaccess) closes_if(void);
int closes_unless(void) __cond_exits(false, spinlock);
int (*sleeping_pointer)(int) __may_sleep;
int (*sleepless_pointer)(int) __no_sleep;

/* On pointers. */
void checked(const void *__prevalidated ptr, unsigned long size);
void user(void __user *ptr, const char __user *text);
struct user_pointers {
	void __user *base;
	int __user *__prevalidated checked;
};

/* Several at once, in any order. */
int __uaccess __no_sleep __uaccess_safe many(int) __enters(rcu);
__uaccess_safe static inline int __uaccess many_defined(int n) { return n; }

/* In a block. */
static inline int __uaccess block(int n)
{
	extern int block_function(int) __uaccess;
	typedef int (*block_typedef)(int) __uaccess;
	int (*local)(int) __uaccess = after;
	static int (*kept)(int) __uaccess;
	block_typedef typed = local;
	struct {
		int (*field)(int) __uaccess;
	} s = { .field = typed };

	return block_function(n) + s.field(n);
}

/* Suppressions: on a function, a prototype, a variable, a field's neighbour and a statement. */
__airlock_allow("context-call", "why") void allowed(void);
void allowed_after(void) __airlock_allow("context-call", "why");
__airlock_allow("context-conversion", "why") void *allowed_variable;
__airlock_allow("context-call", "one") __airlock_allow("context-cast", "two")
static inline int allowed_twice(int n)
{
	__airlock_allow("context-conversion", "why") int (*local)(int) = 0;

	__airlock_allow("context-call", "why")
	n++;
	__airlock_allow("context-call", "why") {
		n++;
	}
	__airlock_allow("context-call", "why")
	if (n)
		n++;
	__airlock_allow("context-call", "why")
	return n + !local;
}

/* In a cast. */
void *cast(void)
{
	return (__force void *)after;
}
