// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Slots.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

std::vector<SlotAnswer> askSlots(const Facts &F, llvm::ArrayRef<EntityId> Slots) {
  llvm::DenseMap<EntityId, llvm::SmallVector<const Store *, 2>> StoredIn;
  for (const Store &S : F.Stores)
    StoredIn[S.Slot].push_back(&S);
  llvm::DenseMap<EntityId, std::vector<CallId>> Calls;
  for (EntityId Slot : Slots)
    Calls[Slot];
  for (CallId Id = 0; Id < F.Calls.size(); ++Id)
    if (auto Through = Calls.find(F.Calls[Id].Callee); Through != Calls.end())
      Through->second.push_back(Id);

  std::vector<SlotAnswer> Answers;
  for (EntityId Slot : Slots) {
    SlotAnswer Answer{Slot, {}, std::move(Calls[Slot])};
    llvm::SmallVector<EntityId, 4> Known = {Slot};
    for (size_t I = 0; I < Known.size(); ++I)
      for (const Store *S : StoredIn.lookup(Known[I])) {
        Answer.Stores.push_back(S);
        if (!llvm::is_contained(Known, S->Stored))
          Known.push_back(S->Stored);
      }
    Answers.push_back(std::move(Answer));
  }
  return Answers;
}

} // namespace airlock
