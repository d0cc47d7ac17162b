// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock list`: who belongs to a context, and who may run with a region open.
//
//   --context   what needs it, what crosses into it, and who is missing: as `airlock callers`
//               tells it of all that need it. A cast with __force is in no summary
//   --region    what is called, however remotely, where the region is certainly open, and the
//               shortest chain that shows it. It may: neither what the calls pass nor what they
//               return is looked at. A slot leads to all that is stored there
//
// Both linear in calls and stores.

#ifndef AIRLOCK_QUERY_LISTS_H
#define AIRLOCK_QUERY_LISTS_H

#include "query/Callers.h"
#include "regions/RegionSource.h"

namespace airlock {

struct ContextAnswer {
  unsigned Context;
  /// Functions and macros that need it: those that lead to no other one that does, and those that
  /// do.
  std::vector<EntityId> Seeds, Annotated;
  /// Pointers that carry it.
  std::vector<EntityId> Pointers;
  std::vector<EntityId> Entries;
  /// Of these, who leads to something that needs it, in a number.
  unsigned Covered = 0;
  CallersAnswer Missing;

  /// In the call graph: everybody of the above, slots among them, by their entities.
  std::vector<CallId> Calls;
};

ContextAnswer listContext(const Facts &F, unsigned Context);

struct RegionAnswer {
  struct Runner {
    EntityId Of;
    /// The call that it runs by, or the store; neither for a slot that runs in the region
    /// because a model says so.
    CallId By = NoCall;
    const Store *Stored = nullptr;
    /// The one before it, as a place in Runners; for the first one, what opened the region, or
    /// NoCall if it was open when the function that calls began.
    static constexpr size_t None = ~size_t(0);
    size_t Before = None;
    CallId Opener = NoCall;
  };
  /// Each after the one before it; functions, and the slots that lead to them.
  std::vector<Runner> Runners;
};

RegionAnswer listRegion(const Facts &F, RegionSource &Regions, unsigned Region);

} // namespace airlock

#endif
