// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Contexts that come with a region (a model's `grants`): who holds the lock is in them.
// Nobody annotates whole chains of callers for a lock. So code is taken to be in such a
// context unless it is known that it is not: that none of the regions is open there,
// whoever calls.

#ifndef AIRLOCK_REGIONS_GRANTEDCONTEXTS_H
#define AIRLOCK_REGIONS_GRANTEDCONTEXTS_H

#include "facts/CallGraph.h"
#include "regions/RegionSource.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

class Model;

class GrantedContexts {
public:
  /// Keeps references to all of them.
  GrantedContexts(const Facts &F, const Model &M, const CallGraph &Graph, RegionSource &Regions);

  /// Whether a call may be in the context by what its function has done: it may have opened a
  /// region, or something may have that nobody knows.
  bool mayBeIn(CallId Id, unsigned Context);
  /// Whether no caller of a function is in the context. All of them have to be known.
  bool isCalledOutside(EntityId Function, unsigned Context);
  /// Whether any caller that is seen may be in it.
  bool mayBeCalledIn(EntityId Function, unsigned Context);
  /// Whether the function has been in the context, on every way to a call, and has left it.
  bool hasLeft(CallId Id, unsigned Context);
  /// Whether every call of its function comes to this call.
  bool isAlwaysMade(CallId Id);

private:
  bool isUnknown(const Call &C) const;
  bool hasUnknownCaller(EntityId Function) const;

  const Facts &F;
  const CallGraph &Graph;
  RegionSource &Regions;
  /// By context.
  std::vector<RegionSet> Granting;
  /// Functions whose address is kept or passed.
  llvm::DenseSet<EntityId> Stored;
  llvm::DenseSet<std::pair<EntityId, unsigned>> Outside, NotOutside;
};

} // namespace airlock

#endif
