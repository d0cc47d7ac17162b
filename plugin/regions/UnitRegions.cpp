// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/UnitRegions.h"
#include "model/Model.h"
#include "regions/Outcomes.h"
#include "regions/RegionAnalysis.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

UnitRegions::UnitRegions(const Facts &F, const Model &M, const CallGraph &Graph, FlowSource &Flows)
    : F(F), M(M), Flows(Flows), CallsOf(F.Calls.size()), First(F.Entities.size() + 1),
      Results(F.Entities.size()), Done(F.Entities.size()) {
  for (const Call &C : F.Calls)
    ++First[C.In + 1];
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    First[E + 1] += First[E];
  std::vector<uint32_t> Next(First.begin(), First.end() - 1);
  for (CallId Id = 0; Id < F.Calls.size(); ++Id)
    CallsOf[Next[F.Calls[Id].In]++] = Id;

  for (const Store &S : F.Stores)
    if (F.Entities[S.Slot].Kind == EntityKind::Field && !F.Entities[S.Stored].isSlot())
      StoredIn[S.Slot].push_back(S.Stored);

  for (EntityId Function : Graph.calleesFirst())
    if (touches(Function) && analysed(Function))
      Touching.push_back(Function);
}

/// A lock may be taken through a pointer that is kept beside it: what is stored there
/// decides, as far as the unit shows. Where not all do the same, it is what any may do.
llvm::ArrayRef<Outcome> UnitRegions::outcomesIn(EntityId Slot) {
  auto [Before, IsNew] = OfSlot.try_emplace(Slot);
  auto Stored = StoredIn.find(Slot);
  if (!IsNew || Stored == StoredIn.end())
    return Before->second;
  llvm::SmallVector<Outcome, 1> All;
  RegionSet Changed;
  for (EntityId Each : Stored->second) {
    const FunctionRegions *Body = touches(Each) ? analysed(Each) : nullptr;
    if (!Body || Body->Outcomes.empty())
      All.emplace_back(); // it changes nothing
    else
      All.append(Body->Outcomes.begin(), Body->Outcomes.end());
  }
  for (const Outcome &O : All)
    for (const RegionDelta &D : O.Deltas)
      Changed.insert(D.Region);
  if (Changed.empty())
    return {};
  unite(All, Changed);
  Outcome Any; // on whatever it is called with, and returns
  Any.Deltas = All.front().Deltas;
  return OfSlot[Slot] = {Any};
}

bool UnitRegions::touches(EntityId Function) {
  const Entity &E = F.Entities[Function];
  if (E.Kind != EntityKind::Function || !E.HasBody || E.Opaque)
    return false;
  // A model is taken at its word; an annotation is checked.
  if (E.changesRegions() && !E.More->RegionsWritten)
    return false;
  if (E.More && (!E.More->SafeIn.empty() || E.More->RegionsWritten))
    return true;
  for (uint32_t I = First[Function]; I < First[Function + 1]; ++I) {
    EntityId Callee = F.Calls[CallsOf[I]].Callee;
    const FunctionRegions *Known = known(Callee);
    if (F.Entities[Callee].changesRegions() || (Known && !Known->Outcomes.empty()))
      return true;
    if (F.Entities[Callee].Kind == EntityKind::Field && !outcomesIn(Callee).empty())
      return true;
  }
  return false;
}

std::shared_ptr<const FunctionRegions> UnitRegions::of(EntityId Function) {
  return {std::shared_ptr<void>(), analysed(Function)}; // owned here
}

const FunctionRegions *UnitRegions::analysed(EntityId Function) {
  if (Function >= Done.size())
    return nullptr;
  if (Done[Function])
    return Results[Function].get();
  const Entity &E = F.Entities[Function];
  Done[Function] = true; // a cycle finds nothing yet: its own calls change nothing
  if (E.Kind != EntityKind::Function || !E.HasBody || E.Opaque)
    return nullptr;
  auto Changes = [&](EntityId Callee) {
    const FunctionRegions *Known = known(Callee);
    return Known && !Known->Outcomes.empty();
  };
  std::unique_ptr<Flow> Body = Flows.flowOf(Function, Changes);
  if (!Body)
    return nullptr;
  auto ResultOf = [&](EntityId Callee) { return known(Callee); };
  auto OutcomesIn = [&](EntityId Slot) {
    auto Found = OfSlot.find(Slot);
    return Found == OfSlot.end() ? llvm::ArrayRef<Outcome>() : Found->second;
  };
  auto Result = std::make_unique<FunctionRegions>(
      analyseRegions({F, M, *Body, Function, ResultOf, OutcomesIn}));
  if (Result->GivenUp)
    Unfinished.push_back({Function, AnalysisKind::Regions, *Result->GivenUp});
  return (Results[Function] = std::move(Result)).get();
}

} // namespace airlock
