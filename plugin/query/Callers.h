// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock callers`: whom it concerns if a function is put into a context. Who calls
// it, however remotely, would have to be put there, too, up to
//
//   a function that is in the context, or crosses into it (`__context_entry`)
//   a macro that is, for the calls in its body
//   a slot: a function that is stored there keeps the context only if the slot
//   carries it. Somebody has to decide that, so whoever calls through it is not
//   counted
//
// Linear in calls and stores.

#ifndef AIRLOCK_QUERY_CALLERS_H
#define AIRLOCK_QUERY_CALLERS_H

#include "facts/Facts.h"
#include "llvm/ADT/ArrayRef.h"

namespace airlock {

struct CallersAnswer {
  /// In each depth, in the order of its calls.
  struct Caller {
    EntityId Function;
    /// Of how many calls the shortest chain is.
    unsigned Depth;
    /// The first one of that chain.
    CallId By;
  };
  std::vector<Caller> Callers;
  /// Where one of them, or the function itself, is put into a slot without the context.
  std::vector<const Store *> Stores;
};

/// Without a context: as for one that nobody is in so far.
CallersAnswer askCallers(const Facts &F, llvm::ArrayRef<EntityId> Functions,
                         std::optional<unsigned> Context);

} // namespace airlock

#endif
