// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/FunctionSummary.h"
#include "model/Model.h"
#include <tuple>

namespace airlock {

static std::vector<RegionChange> declaredChanges(const RegionChanges &Is) {
  std::vector<RegionChange> All;
  auto Add = [&](RegionSet Regions, RegionChange::Kind Kind, RegionChange::When If) {
    Regions.forEach([&](unsigned Region) { All.push_back({Region, Kind, If}); });
  };
  Add(Is.Enters, RegionChange::Opens, RegionChange::Always);
  Add(Is.EntersIfTrue, RegionChange::Opens, RegionChange::IfTrue);
  Add(Is.EntersIfFalse, RegionChange::Opens, RegionChange::IfFalse);
  Add(Is.Exits - Is.ExitsAll, RegionChange::Closes, RegionChange::Always);
  Add(Is.ExitsAll, RegionChange::ClosesAll, RegionChange::Always);
  Add(Is.ExitsIfTrue, RegionChange::Closes, RegionChange::IfTrue);
  Add(Is.ExitsIfFalse, RegionChange::Closes, RegionChange::IfFalse);
  Add(Is.Saves, RegionChange::Saves, RegionChange::Always);
  Add(Is.Restores, RegionChange::Restores, RegionChange::Always);
  return All;
}

/// What any of the outcomes does; always, if all do.
static std::vector<RegionChange> changesOf(const FunctionRegions &Body) {
  std::vector<RegionChange> All;
  RegionSet Changed;
  for (const Outcome &O : Body.Outcomes)
    for (const RegionDelta &D : O.Deltas)
      Changed.insert(D.Region);
  Changed.forEach([&](unsigned Region) {
    RegionChange Opens = {Region, RegionChange::Opens, RegionChange::Always};
    RegionChange Closes = {Region, RegionChange::Closes, RegionChange::Always};
    bool AnyOpens = false, AnyCloses = false;
    for (const Outcome &O : Body.Outcomes) {
      const RegionDelta *D =
          llvm::find_if(O.Deltas, [&](const RegionDelta &Each) { return Each.Region == Region; });
      bool Known = D != O.Deltas.end();
      if (Known && D->Hi > 0) {
        AnyOpens = true;
        Opens.By = D->By;
      }
      if (Known && D->Lo < 0) {
        AnyCloses = true;
        Closes.By = D->By;
      }
      if (!Known || D->Lo <= 0)
        Opens.If = RegionChange::Sometimes;
      if (!Known || D->Hi >= 0)
        Closes.If = RegionChange::Sometimes;
    }
    if (AnyOpens)
      All.push_back(Opens);
    if (AnyCloses)
      All.push_back(Closes);
  });
  return All;
}

static RegionSet ownRegionsAtCalls(const Facts &F, const FunctionRegions &Body) {
  RegionSet Open;
  for (const CallSituations &Here : Body.Calls)
    for (const Situation &At : Here.Ways)
      for (const OpenRegion &O : At.Open)
        // What closes it is called with it open, too.
        if (const Behaviour *More = F.callee(F.Calls[Here.Call]).More;
            O.By != NoCall && !(More && More->Regions.all().contains(O.Region)))
          Open.insert(O.Region);
  return Open;
}

/// Whether whoever knows the first needs not be told the second.
static bool covers(const EffectSummary &A, const EffectSummary &B) {
  return A.Effect == B.Effect && A.Guesses <= B.Guesses &&
         llvm::all_of(A.If,
                      [&](const ArgumentCondition &If) { return llvm::is_contained(B.If, If); });
}

static std::vector<EffectSummary> effectsOf(Effects &Inferred, EntityId E) {
  std::vector<EffectSummary> All;
  for (unsigned Number = 0; Number < Inferred.of(E).size(); ++Number) {
    CallWay At = {E, Number, /*HandedOn=*/false, 0};
    const EffectWay &Way = Inferred.wayOf(At);
    while (std::optional<CallWay> Next = Inferred.next(At))
      At = *Next;
    All.push_back({Way.Effect, Way.If, At.Of, Way.Distance, Way.Via, Way.Guesses});
  }
  // What says more comes first.
  llvm::stable_sort(All, [](const EffectSummary &A, const EffectSummary &B) {
    return std::tuple(A.Effect, A.If.size(), A.Guesses, A.Distance) <
           std::tuple(B.Effect, B.If.size(), B.Guesses, B.Distance);
  });
  std::vector<EffectSummary> Kept;
  for (EffectSummary &One : All)
    if (llvm::none_of(Kept, [&](const EffectSummary &Known) { return covers(Known, One); }))
      Kept.push_back(std::move(One));
  return Kept;
}

std::vector<FunctionSummary> summarizeFunctions(Analyses &Of, llvm::ArrayRef<EntityId> Functions) {
  const Facts &F = Of.F;
  EffectSet Any;
  for (unsigned Effect = 0; Effect < Of.M.effects().size(); ++Effect)
    Any.insert(Effect);
  Effects Inferred(F, Of.M, Of.graph(), Of.regions(), Any, EffectSet());
  std::vector<FunctionSummary> All;
  for (EntityId E : Functions) {
    FunctionSummary Is;
    Is.Function = E;
    const Entity &Entity = F.Entities[E];
    std::shared_ptr<const FunctionRegions> Body = Of.regions().of(E);
    if (Entity.More)
      Is.Regions = declaredChanges(Entity.More->Regions);
    if (Body && Is.Regions.empty())
      Is.Regions = changesOf(*Body);
    if (Body)
      Is.CallsIn = ownRegionsAtCalls(F, *Body);
    Is.Effects = effectsOf(Inferred, E);
    Is.User = Of.pointers().resultOf(E);
    Is.Callers = askCallers(F, E, std::nullopt);
    for (const Store &S : F.Stores)
      if (S.Stored == E)
        Is.Stores.push_back(&S);
    All.push_back(std::move(Is));
  }
  return All;
}

} // namespace airlock
