// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function that holds a lock on some of its ways out, or lets go of one that it has not
// taken, may mean it or may have made a mistake. Its callers decide: somebody who gets a
// lock handed lets go of it, or hands it on; somebody whose lock it is had it open. Only
// where all of the callers are known, and none of them does, it is a mistake.

#ifndef AIRLOCK_REGIONS_HANDOVER_H
#define AIRLOCK_REGIONS_HANDOVER_H

#include "facts/CallGraph.h"
#include "regions/RegionSource.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

class Handover {
public:
  /// Keeps references to all of them.
  Handover(const Facts &F, const CallGraph &Graph, RegionSource &Regions);

  /// Whether anybody may take over a region that a function leaves open. (Whoever calls it through
  /// a table of functions does not: it knows nothing of this one.)
  bool isTaken(EntityId Function, unsigned Region);
  /// Whether anybody may have opened a region that a function closes.
  bool isGiven(EntityId Function, unsigned Region);
  /// Whether a function is in a table that hands over, or leads there: iterators share their
  /// helpers, which tell by what they keep elsewhere whether something is locked.
  bool isOfTable(EntityId Function) const;

private:
  CallGraph::AtCall dutyOf(CallId Call, unsigned Region);
  CallGraph::AtCall openAt(CallId Call, unsigned Region);
  bool mayBeCalledFromElsewhere(EntityId Function) const;

  const Facts &F;
  const CallGraph &Graph;
  RegionSource &Regions;
  /// Functions that are called by others than the calls show, who may know of locks: those in
  /// tables that hand over.
  llvm::DenseSet<EntityId> InTables;
  /// Functions that are passed to others.
  llvm::DenseSet<EntityId> Passed;
};

} // namespace airlock

#endif
