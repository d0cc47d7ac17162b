// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/UnitRegions.h"
#include "model/Model.h"
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

  for (EntityId Function : Graph.calleesFirst())
    if (touches(Function) && analysed(Function))
      Touching.push_back(Function);
}

bool UnitRegions::touches(EntityId Function) const {
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
  auto Result =
      std::make_unique<FunctionRegions>(analyseRegions({F, M, *Body, Function, ResultOf}));
  if (Result->GivenUp)
    Unfinished.push_back({Function, AnalysisKind::Regions, *Result->GivenUp});
  return (Results[Function] = std::move(Result)).get();
}

} // namespace airlock
