// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Steps.h"

namespace airlock {

llvm::SmallVector<CallId, 4> framesOf(const Facts &F, CallId Id, EntityId Macro) {
  llvm::SmallVector<CallId, 4> Frames;
  for (; Id != NoCall; Id = F.Calls[Id].Outer) {
    if (!Frames.empty() && F.Calls[Id].Callee == Macro)
      break;
    Frames.insert(Frames.begin(), Id);
  }
  return Frames;
}

std::vector<QueryStep> tellLabels(const Facts &F, EntityId Start, llvm::ArrayRef<uint32_t> Labels) {
  std::vector<Step> Told;
  std::vector<QueryStep> Steps;
  auto Take = [&](EntityId To) {
    Steps.push_back({std::move(Told.back()), To});
    Told.clear();
  };
  EntityId At = Start;
  for (uint32_t Label : Labels) {
    if (Label == Label::Silent)
      continue;
    if (Label::isStore(Label)) {
      const Store &S = F.Stores[Label::storeOf(Label)];
      tellStore(F, S, Told);
      At = S.Stored;
      Take(At);
      continue;
    }
    for (CallId Frame : framesOf(F, Label::callOf(Label), At)) {
      tellCalls(F, Frame, Told);
      At = F.Calls[Frame].Callee;
      Take(At);
    }
  }
  return Steps;
}

} // namespace airlock
