// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Annotations of one thing that cannot both be meant: `__no_sleep __may_sleep`, or a context
// that a function both needs and enters. On any of its declarations, so it can only be told
// when all of them are there.

#ifndef AIRLOCK_FRONTEND_CONTRADICTIONS_H
#define AIRLOCK_FRONTEND_CONTRADICTIONS_H

#include "frontend/Attributes.h"

namespace airlock {

/// Reports each as an error, in the order of the source.
void reportContradictions(const AttributeTable &Attributes, clang::DiagnosticsEngine &Engine);

} // namespace airlock

#endif
