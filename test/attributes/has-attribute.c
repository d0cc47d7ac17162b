// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// __has_attribute tells whether the plugin is there: the header asks it, and so may anyone.
// RUN: %airlock_cc -DEXPECTED=1 %s
// RUN: %clang -fsyntax-only -I %src/annotations/include -DEXPECTED=0 %s
#include <airlock.h>

_Static_assert(!!__has_attribute(airlock_in_context) == EXPECTED, "");
_Static_assert(!!__has_attribute(__airlock_in_context__) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_context_entry) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_effect) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_never) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_safe_in) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_enters) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_exits) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_cond_enters) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_cond_exits) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_prevalidated) == EXPECTED, "");
_Static_assert(!!__has_attribute(airlock_allow) == EXPECTED, "");
