// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Handover.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

namespace airlock {

/// Each of those that hand it on is asked once.
bool Handover::isTaken(EntityId Function, unsigned Region) {
  llvm::SmallSetVector<EntityId, 4> Asked;
  Asked.insert(Function);
  for (size_t I = 0; I < Asked.size(); ++I) {
    const Entity &E = F.Entities[Asked[I]];
    llvm::ArrayRef<CallId> Calls = Graph.callsOf(Asked[I]);
    // Other units call it; or it is a header's, and this unit does not need it.
    if (E.File.empty() || (E.Inline && Calls.empty()))
      return true;
    for (CallId Call : Calls) {
      Duty Is = dutyOf(Call, Region);
      // Who calls itself may end it in the other call.
      if (Is == Duty::Takes || (Is == Duty::HandsOn && F.Calls[Call].In == Asked[I]))
        return true;
      if (Is == Duty::HandsOn)
        Asked.insert(F.Calls[Call].In);
    }
  }
  return false;
}

/// What who makes the call does with the region behind it.
Handover::Duty Handover::dutyOf(CallId Call, unsigned Region) {
  std::shared_ptr<const FunctionRegions> Body = Regions.of(F.Calls[Call].In);
  std::pair<CallId, unsigned> Opening(Call, Region), Any(NoCall, Region);
  if (!Body || Body->GivenUp || llvm::is_contained(Body->Closes, Opening) ||
      llvm::is_contained(Body->Closes, Any))
    return Duty::Takes;
  if (!llvm::is_contained(Body->Keeps, Opening))
    return Duty::Loses;
  bool Lost = llvm::any_of(Body->Problems, [&](const BalanceProblem &P) {
    return P.Is == BalanceProblem::OpenAtReturn && P.Region == Region && P.By == Call && !P.Told;
  });
  return Lost ? Duty::Loses : Duty::HandsOn;
}

} // namespace airlock
