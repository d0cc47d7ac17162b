// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The way back: which bytes of a file are a context that is written there. What was put
// in by a plan is taken out to the byte.

#ifndef AIRLOCK_ANNOTATE_REMOVAL_H
#define AIRLOCK_ANNOTATE_REMOVAL_H

#include "annotate/Edit.h"
#include "llvm/ADT/StringRef.h"
#include <optional>

namespace airlock {

/// One place where a unit writes a context.
struct WrittenContext {
  enum Kind : uint8_t {
    Qualifier,   // the macro that stands for the attribute
    Entry,       // the same
    Force,       // the '(' of a cast that drops it
    UselessCast, // the same, and without the context the cast would do nothing
    Cross,       // the header's macro for such a cast
  };
  Kind Is = Qualifier;
  Place At;
  std::string Name, Key; // of what carries it; see Edit
};

/// Nothing if what stands there is none of it that can be taken out: an attribute that
/// is written out, or a macro that does more.
std::optional<Edit> planRemoval(const WrittenContext &Written, llvm::StringRef Text);

} // namespace airlock

#endif
