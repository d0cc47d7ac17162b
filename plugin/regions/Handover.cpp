// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Handover.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

using AtCall = CallGraph::AtCall;

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
  return !InTables.empty() && Graph.askCallers(
                                  Function, [&](EntityId E) { return InTables.contains(E); },
                                  [](CallId, EntityId) { return AtCall::AskCaller; });
}

bool Handover::isTaken(EntityId Function, unsigned Region) {
  return Graph.askCallers(
      Function, [&](EntityId E) { return mayBeCalledFromElsewhere(E); },
      [&](CallId Call, EntityId Called) {
        const AtCall Is = dutyOf(Call, Region);
        // Who calls itself may end it in the other call.
        return Is == AtCall::AskCaller && F.Calls[Call].In == Called ? AtCall::Yes : Is;
      });
}

bool Handover::isGiven(EntityId Function, unsigned Region) {
  return Graph.askCallers(
      Function,
      [&](EntityId E) {
        return mayBeCalledFromElsewhere(E) || InTables.contains(E) || Passed.contains(E);
      },
      [&](CallId Call, EntityId) { return openAt(Call, Region); });
}

/// Whether the region may be open at a call, as far as the caller knows.
AtCall Handover::openAt(CallId Call, unsigned Region) {
  std::shared_ptr<const FunctionRegions> Body = Regions.of(F.Calls[Call].In);
  if (!Body || Body->GivenUp)
    return AtCall::Yes;
  bool Open = llvm::any_of(Body->at(Call), [&](const CallSituations &Here) {
    return llvm::any_of(Here.Ways, [&](const Situation &At) {
      return At.open().contains(Region) || At.Maybe.contains(Region);
    });
  });
  return Open ? AtCall::Yes : AtCall::AskCaller;
}

/// What who makes the call does with the region behind it.
AtCall Handover::dutyOf(CallId Call, unsigned Region) {
  std::shared_ptr<const FunctionRegions> Body = Regions.of(F.Calls[Call].In);
  std::pair<CallId, unsigned> Opening(Call, Region), Any(NoCall, Region);
  if (!Body || Body->GivenUp || llvm::is_contained(Body->Closes, Opening) ||
      llvm::is_contained(Body->Closes, Any))
    return AtCall::Yes;
  if (!llvm::is_contained(Body->Keeps, Opening))
    return AtCall::No;
  bool Lost = llvm::any_of(Body->Problems, [&](const BalanceProblem &P) {
    return P.Is == BalanceProblem::OpenAtReturn && P.Region == Region && P.By == Call && !P.Told;
  });
  return Lost ? AtCall::No : AtCall::AskCaller;
}

} // namespace airlock
