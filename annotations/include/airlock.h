/* SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception) */
/*
 * airlock.h - say where code may touch user memory, sleep, or call out.
 *
 * With the Airlock plugin loaded each macro below is an attribute that the
 * plugin checks and keeps to itself: the object file does not change.  For
 * every other compiler (GCC, sparse, Clang alone) they all expand to nothing.
 *
 * The header is C, includes nothing and may be included anywhere.
 */
#ifndef AIRLOCK_H
#define AIRLOCK_H

#if defined(__has_attribute)
#if __has_attribute(airlock_in_context)
#define __airlock_attribute(...) __attribute__((__VA_ARGS__))
#endif
#endif

#ifndef __airlock_attribute
#define __airlock_attribute(...)
#endif

/*
 * The qualifier, on a function, a function pointer of any kind or a typedef:
 * what carries it may be called only from code in context C.
 */
#define __in_context(C)		__airlock_attribute(airlock_in_context(#C))
#define __uaccess		__in_context(uaccess)

/* On a function: its body runs in context C, yet anyone may call it. */
#define __context_entry(C)	__airlock_attribute(airlock_context_entry(#C))

/*
 * On a function or a function pointer: effect E of a model, and the promise
 * never to have it, nor any of its kinds.
 */
#define __effect(E)		__airlock_attribute(airlock_effect(#E))
#define __never(E)		__airlock_attribute(airlock_never(#E))
#define __may_sleep		__effect(sleep)
#define __no_sleep		__never(sleep)

/* On a function: it may be called while region R, which restricts calls, is open. */
#define __safe_in(R)		__airlock_attribute(airlock_safe_in(#R))
#define __uaccess_safe		__safe_in(uaccess)

/* On a function: it opens or closes region R, always or when it returns VALUE (true or false). */
#define __enters(R)		__airlock_attribute(airlock_enters(#R))
#define __exits(R)		__airlock_attribute(airlock_exits(#R))
#define __cond_enters(VALUE, R)	__airlock_attribute(airlock_cond_enters(#VALUE, #R))
#define __cond_exits(VALUE, R)	__airlock_attribute(airlock_cond_exits(#VALUE, #R))

/* On a pointer parameter or field: it has passed access_ok() and the speculation barrier. */
#define __prevalidated		__airlock_attribute(airlock_prevalidated)

/*
 * On a function, a variable or a statement: keep quiet about one rule, and say why, as in
 *	__airlock_allow("context-cast", "the worker has adopted the owner's mm")
 */
#define __airlock_allow(RULE, WHY) __airlock_attribute(airlock_allow(RULE, WHY))

/*
 * Inside an explicit cast: the qualifier is dropped on purpose.  Airlock knows
 * the macro by its name, so the code base's own definition stays as it is.
 */
#ifndef __force
#define __force
#endif

/*
 * __airlock_cross(f): f, a function or a pointer to one, leaves its context on
 * purpose here, and keeps its type.
 */
#if defined(__has_attribute)
#if __has_attribute(airlock_in_context)
#define __airlock_cross(f)	((__force __typeof__(&*(f)))(f))
#endif
#endif
#ifndef __airlock_cross
#define __airlock_cross(f)	(f)
#endif

/*
 * A pointer into user memory.  The plugin asks for the type tag where that
 * cannot reach the object file; the code base's own definition wins.
 */
#ifndef __user
#ifdef __AIRLOCK_TYPE_TAGS__
#define __user __attribute__((btf_type_tag("user")))
#else
#define __user
#endif
#endif

#endif /* AIRLOCK_H */
