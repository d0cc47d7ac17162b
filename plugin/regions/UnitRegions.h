// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The region analysis over a unit. Functions that touch no region, not even
// through what they call, are analysed only if somebody asks about them: a
// kernel header brings thousands.

#ifndef AIRLOCK_REGIONS_UNITREGIONS_H
#define AIRLOCK_REGIONS_UNITREGIONS_H

#include "facts/CallGraph.h"
#include "facts/Flow.h"
#include "facts/GivenUp.h"
#include "regions/RegionSource.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>

namespace airlock {

class Model;

class UnitRegions : public RegionSource {
public:
  /// Keeps references to all of them. Callees-first order comes from the graph.
  UnitRegions(const Facts &F, const Model &M, const CallGraph &Graph, FlowSource &Flows);

  /// All analysed.
  llvm::ArrayRef<EntityId> touching() override { return Touching; }
  /// Analyses it now if need be.
  std::shared_ptr<const FunctionRegions> of(EntityId Function) override;

  llvm::ArrayRef<GivenUp> givenUp() const { return Unfinished; }

private:
  const FunctionRegions *analysed(EntityId Function);
  bool touches(EntityId Function);
  llvm::ArrayRef<Outcome> outcomesIn(EntityId Slot);
  /// Null, too, for what only a flow knows: facts grow by what its expressions name.
  const FunctionRegions *known(EntityId E) const {
    return E < Done.size() && Done[E] ? Results[E].get() : nullptr;
  }

  const Facts &F;
  const Model &M;
  FlowSource &Flows;
  /// The calls of each function: those of function E are CallsOf[First[E]] up
  /// to CallsOf[First[E + 1]].
  std::vector<CallId> CallsOf;
  std::vector<uint32_t> First;
  std::vector<std::unique_ptr<FunctionRegions>> Results;
  std::vector<bool> Done;
  /// By slot, what is stored there; and what a call through it does.
  llvm::DenseMap<EntityId, llvm::SmallVector<EntityId, 1>> StoredIn;
  llvm::DenseMap<EntityId, llvm::SmallVector<Outcome, 1>> OfSlot;
  std::vector<EntityId> Touching;
  std::vector<GivenUp> Unfinished;
};

} // namespace airlock

#endif
