// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Handover.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

namespace airlock {

Handover::Handover(const Facts &F, const CallGraph &Graph, RegionSource &Regions)
    : F(F), Graph(Graph), Regions(Regions) {
  for (const Store &S : F.Stores) {
    const Behaviour *Slot = F.Entities[S.Slot].More;
    if (Slot && Slot->HandsOver)
      InTables.insert(S.Stored);
    if (S.PassedTo != NoEntity)
      Passed.insert(S.Stored);
  }
}

/// Other units call it; or it is a header's, and this unit does not need it.
bool Handover::mayBeCalledFromElsewhere(EntityId Function) const {
  const Entity &E = F.Entities[Function];
  return E.File.empty() || (E.Inline && Graph.callsOf(Function).empty());
}

bool Handover::isOfTable(EntityId Function) const {
  if (InTables.empty())
    return false;
  llvm::SmallSetVector<EntityId, 8> Asked;
  Asked.insert(Function);
  for (size_t I = 0; I < Asked.size(); ++I) {
    if (InTables.contains(Asked[I]))
      return true;
    for (CallId Call : Graph.callsOf(Asked[I]))
      Asked.insert(F.Calls[Call].In);
  }
  return false;
}

/// Each of those that hand it on is asked once.
bool Handover::isTaken(EntityId Function, unsigned Region) {
  llvm::SmallSetVector<EntityId, 4> Asked;
  Asked.insert(Function);
  for (size_t I = 0; I < Asked.size(); ++I) {
    if (mayBeCalledFromElsewhere(Asked[I]))
      return true;
    for (CallId Call : Graph.callsOf(Asked[I])) {
      Duty Is = dutyOf(Call, Region);
      // Who calls itself may end it in the other call.
      if (Is == Duty::Here || (Is == Duty::Further && F.Calls[Call].In == Asked[I]))
        return true;
      if (Is == Duty::Further)
        Asked.insert(F.Calls[Call].In);
    }
  }
  return false;
}

bool Handover::isGiven(EntityId Function, unsigned Region) {
  llvm::SmallSetVector<EntityId, 4> Asked;
  Asked.insert(Function);
  for (size_t I = 0; I < Asked.size(); ++I) {
    if (mayBeCalledFromElsewhere(Asked[I]) || InTables.contains(Asked[I]) ||
        Passed.contains(Asked[I]))
      return true;
    for (CallId Call : Graph.callsOf(Asked[I])) {
      if (openAt(Call, Region) == Duty::Here)
        return true;
      Asked.insert(F.Calls[Call].In);
    }
  }
  return false;
}

/// Whether the region may be open at a call, as far as the caller knows.
Handover::Duty Handover::openAt(CallId Call, unsigned Region) {
  std::shared_ptr<const FunctionRegions> Body = Regions.of(F.Calls[Call].In);
  if (!Body || Body->GivenUp)
    return Duty::Here;
  bool Open = llvm::any_of(Body->at(Call), [&](const CallSituations &Here) {
    return llvm::any_of(Here.Ways, [&](const Situation &At) {
      return At.open().contains(Region) || At.Maybe.contains(Region);
    });
  });
  return Open ? Duty::Here : Duty::Further;
}

/// What who makes the call does with the region behind it.
Handover::Duty Handover::dutyOf(CallId Call, unsigned Region) {
  std::shared_ptr<const FunctionRegions> Body = Regions.of(F.Calls[Call].In);
  std::pair<CallId, unsigned> Opening(Call, Region), Any(NoCall, Region);
  if (!Body || Body->GivenUp || llvm::is_contained(Body->Closes, Opening) ||
      llvm::is_contained(Body->Closes, Any))
    return Duty::Here;
  if (!llvm::is_contained(Body->Keeps, Opening))
    return Duty::Nowhere;
  bool Lost = llvm::any_of(Body->Problems, [&](const BalanceProblem &P) {
    return P.Is == BalanceProblem::OpenAtReturn && P.Region == Region && P.By == Call && !P.Told;
  });
  return Lost ? Duty::Nowhere : Duty::Further;
}

} // namespace airlock
