// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/AskedContexts.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

AskedContexts::AskedContexts(const Facts &F, std::function<RegionSource &()> Regions)
    : F(F), Regions(std::move(Regions)),
      Any(llvm::any_of(F.Behaviours, [](const Behaviour &B) { return !B.Grants.empty(); })) {}

AskedContexts::Answers AskedContexts::at(CallId Id) {
  if (!Any)
    return {};
  if (EntityId In = F.Calls[Id].In; In != Last) {
    Body = Regions().of(In);
    Last = In;
  }
  if (!Body)
    return {};
  llvm::ArrayRef<CallSituations> Here = Body->at(Id);
  if (Here.empty())
    return {};
  llvm::ArrayRef<Situation> Ways = Here.front().Ways;
  Answers All{Ways.front().Inside, Ways.front().Outside};
  for (const Situation &At : llvm::drop_begin(Ways))
    All = {All.Inside & At.Inside, All.Outside & At.Outside};
  return All;
}

} // namespace airlock
