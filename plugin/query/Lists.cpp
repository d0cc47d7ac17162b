// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Lists.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

ContextAnswer listContext(const Facts &F, unsigned Context) {
  ContextAnswer Answer;
  Answer.Context = Context;
  std::vector<EntityId> Needing;
  std::vector<bool> Reached(F.Entities.size()), Leads(F.Entities.size());
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    if (F.Entities[E].Needs.contains(Context)) {
      Needing.push_back(E);
      Reached[E] = true;
    }
  Answer.Missing = askCallers(F, Needing, Context);
  for (const CallersAnswer::Caller &C : Answer.Missing.Callers)
    Reached[C.Function] = true;
  for (CallId Id = 0; Id < F.Calls.size(); ++Id)
    if (Reached[F.Calls[Id].Callee]) {
      Leads[F.Calls[Id].In] = true;
      Answer.Calls.push_back(Id);
    }
  for (EntityId E = 0; E < F.Entities.size(); ++E) {
    const Entity &Is = F.Entities[E];
    if (!Is.Provides.contains(Context) && !Reached[E])
      continue;
    if (Is.isSlot()) {
      if (Is.Needs.contains(Context))
        Answer.Pointers.push_back(E);
      continue;
    }
    if (!Is.Provides.contains(Context))
      continue;
    Answer.Covered += Leads[E];
    (!Is.Needs.contains(Context) ? Answer.Entries
     : Leads[E]                  ? Answer.Annotated
                                 : Answer.Seeds)
        .push_back(E);
  }
  return Answer;
}

namespace {

class RegionWalk {
public:
  RegionWalk(const Facts &F, RegionSource &Regions, unsigned Region)
      : F(F), Regions(Regions), Region(Region), Known(F.Entities.size()) {}
  RegionAnswer run();

private:
  using Runner = RegionAnswer::Runner;
  void add(const Runner &One);
  void addOpened(EntityId Function);
  void addBelow(size_t Index);

  const Facts &F;
  RegionSource &Regions;
  const unsigned Region;
  std::vector<bool> Known;
  llvm::DenseMap<EntityId, llvm::SmallVector<const Store *, 2>> StoredIn;
  RegionAnswer Answer;
};

/// What opens or closes the region itself is no code that runs in it; what a macro does, the
/// function does that expands it.
void RegionWalk::add(const Runner &One) {
  const Entity &Is = F.Entities[One.Of];
  if (Known[One.Of] || Is.Kind == EntityKind::Macro ||
      (Is.More && Is.More->Regions.all().contains(Region)))
    return;
  Known[One.Of] = true;
  Answer.Runners.push_back(One);
}

/// What is called where this function has opened it.
void RegionWalk::addOpened(EntityId Function) {
  std::shared_ptr<const FunctionRegions> Body = Regions.of(Function);
  if (!Body)
    return;
  for (const CallSituations &Here : Body->Calls)
    for (const Situation &At : Here.Ways)
      for (const OpenRegion &O : At.Open)
        if (O.Region == Region)
          add({F.Calls[Here.Call].Callee, Here.Call, nullptr, Runner::None, O.By});
}

void RegionWalk::addBelow(size_t Index) {
  const EntityId Of = Answer.Runners[Index].Of;
  if (F.Entities[Of].isSlot()) {
    for (const Store *S : StoredIn.lookup(Of))
      add({S->Stored, NoCall, S, Index});
    return;
  }
  std::shared_ptr<const FunctionRegions> Body = Regions.of(Of);
  if (!Body)
    return;
  for (const CallSituations &Here : Body->Calls)
    if (llvm::any_of(Here.Ways, [&](const Situation &At) { return !At.Dropped.contains(Region); }))
      add({F.Calls[Here.Call].Callee, Here.Call, nullptr, Index});
}

RegionAnswer RegionWalk::run() {
  for (const Store &S : F.Stores)
    StoredIn[S.Slot].push_back(&S);
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    if (const Behaviour *More = F.Entities[E].More; More && More->RunsIn.contains(Region))
      add({E});
  for (EntityId Function : Regions.touching())
    addOpened(Function);
  for (size_t I = 0; I < Answer.Runners.size(); ++I)
    addBelow(I);
  return std::move(Answer);
}

} // namespace

RegionAnswer listRegion(const Facts &F, RegionSource &Regions, unsigned Region) {
  return RegionWalk(F, Regions, Region).run();
}

} // namespace airlock
