// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Steps.h"
#include "llvm/ADT/StringExtras.h"

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

std::string tellCondition(const Facts &F, const ArgumentCondition &If, EntityId Function,
                          EntityId Primitive) {
  std::string Argument =
      ("argument " + llvm::Twine(If.Parameter + 1) + " of '" + F.Entities[Function].Name + "' ")
          .str();
  if (const Behaviour *More = F.Entities[Primitive].More)
    for (const StatedCondition &When : More->When)
      if (When.If.Is == If.Is && When.If.Mask == If.Mask)
        // "argument 2 has '__GFP_WAIT'": what comes after the number.
        return Argument + When.Text.split("argument ").second.split(' ').second.str();
  std::string Bits = If.Mask == ~uint64_t(0) ? "" : "0x" + llvm::utohexstr(If.Mask, true);
  switch (If.Is) {
  case ArgumentCondition::NonZero:
    return Argument + (Bits.empty() ? "is true" : "has a bit of " + Bits);
  case ArgumentCondition::Zero:
    return Argument + (Bits.empty() ? "is false" : "has no bit of " + Bits);
  case ArgumentCondition::Equal:
    return Argument + "is " + std::to_string(If.Value);
  case ArgumentCondition::NotEqual:
    return Argument + "is not " + std::to_string(If.Value);
  case ArgumentCondition::Above:
    return Argument + "is above " + std::to_string(If.Value);
  case ArgumentCondition::Below:
    return Argument + "is below " + std::to_string(If.Value);
  }
  llvm_unreachable("every kind has its words");
}

} // namespace airlock
