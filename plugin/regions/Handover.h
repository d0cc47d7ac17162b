// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function that holds a lock on some of its ways out, and says by its result on
// which, may mean it or may have forgotten the unlock. Its callers decide: somebody
// who gets a lock handed lets go of it, or hands it on. Only where all of the
// callers are known, none of which does, is it forgotten.

#ifndef AIRLOCK_REGIONS_HANDOVER_H
#define AIRLOCK_REGIONS_HANDOVER_H

#include "facts/CallGraph.h"
#include "regions/RegionSource.h"

namespace airlock {

class Handover {
public:
  /// Keeps references to all of them.
  Handover(const Facts &F, const CallGraph &Graph, RegionSource &Regions)
      : F(F), Graph(Graph), Regions(Regions) {}

  /// Whether anybody may take over a region that a function leaves open. (Whoever
  /// calls it through a table of functions does not: it knows nothing of this one.)
  bool isTaken(EntityId Function, unsigned Region);

private:
  enum class Duty : uint8_t { Takes, HandsOn, Loses };
  Duty dutyOf(CallId Call, unsigned Region);

  const Facts &F;
  const CallGraph &Graph;
  RegionSource &Regions;
};

} // namespace airlock

#endif
