// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "effects/Analyses.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

namespace airlock {

namespace {
/// For facts that come without flows: nobody's body is known.
class NoFlows : public FlowSource {
  std::unique_ptr<Flow> flowOf(EntityId, llvm::function_ref<bool(EntityId)>) override {
    return nullptr;
  }
};
class NoPointers : public PointerResults {
  llvm::ArrayRef<EntityId> touching() override { return {}; }
  std::shared_ptr<const FunctionPointers> resultOf(EntityId) override { return nullptr; }
};
} // namespace

const CallGraph &Analyses::graph() {
  if (!Graph)
    Graph.emplace(F);
  return *Graph;
}

std::vector<GivenUp> Analyses::givenUp() const {
  std::vector<GivenUp> All;
  if (OfUnit)
    llvm::append_range(All, OfUnit->givenUp());
  for (const std::optional<Effects> *Each : {&Inferred, &InferredEverywhere})
    if (*Each)
      llvm::append_range(All, (*Each)->givenUp());
  if (Pointers)
    llvm::append_range(All, Pointers->givenUp());
  auto Order = [](const GivenUp &G) { return std::tie(G.Function, G.By, G.Spent); };
  llvm::sort(All, [&](const GivenUp &A, const GivenUp &B) { return Order(A) < Order(B); });
  auto Same = [](const GivenUp &A, const GivenUp &B) {
    return A.Function == B.Function && A.By == B.By;
  };
  All.erase(std::unique(All.begin(), All.end(), Same), All.end());
  return All;
}

RegionSource &Analyses::regions() {
  static NoFlows None;
  if (!Regions) {
    OfUnit.emplace(F, M, graph(), Flows ? *Flows : None);
    Regions = &*OfUnit;
  }
  return *Regions;
}

void Analyses::infer(std::optional<Effects> &Into, const EffectsElsewhere *Known) {
  if (!Into) {
    EffectSet Tracked;
    for (const RegionInfo &R : M.regions())
      Tracked |= M.withKinds(R.Forbids);
    for (const Behaviour &B : F.Behaviours)
      Tracked |= B.Never;
    for (const auto &Slot : M.readSlots())
      if (std::optional<unsigned> Effect = Slot.getValue().ResetBy.Value)
        Tracked.insert(*Effect);
    for (unsigned Effect = 0; Effect < M.effects().size(); ++Effect)
      if (M.effects()[Effect].FixesFaults)
        Tracked.insert(Effect);
    EffectSet OfUnknown;
    Strict.forEach([&](unsigned Region) { OfUnknown |= M.regions()[Region].Forbids; });
    Into.emplace(F, M, graph(), regions(), Tracked, OfUnknown, Known);
  }
}

Effects &Analyses::effects() {
  infer(Inferred, nullptr);
  return *Inferred;
}

Effects &Analyses::effectsEverywhere() {
  if (Elsewhere.empty())
    return effects();
  infer(InferredEverywhere, &Elsewhere);
  return *InferredEverywhere;
}

UnitPointers *Analyses::unitPointers() {
  if (!Pointers && UserFlows) {
    auto Has = [&](EntityId Callee, unsigned Effect) {
      return llvm::any_of(effects().of(Callee),
                          [&](const EffectWay &Way) { return Way.Effect == Effect; });
    };
    Pointers.emplace(F, graph(), *UserFlows, Has);
  }
  return Pointers ? &*Pointers : nullptr;
}

PointerResults &Analyses::pointers() {
  static NoPointers None;
  if (OfProgram)
    return *OfProgram;
  return unitPointers() ? static_cast<PointerResults &>(*unitPointers()) : None;
}

} // namespace airlock
