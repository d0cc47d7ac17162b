// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Handover.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

bool Handover::isTaken(EntityId Function, unsigned Region) {
  const Entity &E = F.Entities[Function];
  llvm::ArrayRef<CallId> Calls = Graph.callsOf(Function);
  // Other units call it; or it is a header's, and this unit does not need it.
  if (E.File.empty() || (E.Inline && Calls.empty()))
    return true;
  if (!Asked.insert(Function).second)
    return true; // it calls itself
  bool Taken = llvm::any_of(Calls, [&](CallId Call) { return takes(Call, Region); });
  Asked.erase(Function);
  return Taken;
}

/// Whether who makes the call lets go of the region behind it, or hands it on.
bool Handover::takes(CallId Call, unsigned Region) {
  const EntityId Caller = F.Calls[Call].In;
  std::shared_ptr<const FunctionRegions> Body = Regions.of(Caller);
  std::pair<CallId, unsigned> Opening(Call, Region), Any(NoCall, Region);
  if (!Body || Body->GivenUp || llvm::is_contained(Body->Closes, Opening) ||
      llvm::is_contained(Body->Closes, Any))
    return true;
  if (!llvm::is_contained(Body->Keeps, Opening))
    return false;
  bool Lost = llvm::any_of(Body->Problems, [&](const BalanceProblem &P) {
    return P.Is == BalanceProblem::OpenAtReturn && P.Region == Region && P.By == Call && !P.Told;
  });
  return !Lost && isTaken(Caller, Region);
}

} // namespace airlock
