// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/CallOrder.h"

namespace airlock {

void CallOrder::number() const {
  for (uint32_t B = 0; B < Flow.Blocks.size(); ++B)
    for (uint32_t I = 0; I < Flow.Blocks[B].Events.size(); ++I) {
      const UserEvent &E = Flow.Blocks[B].Events[I];
      Events[&E] = {B, I};
      if (E.Is == UserEvent::Call)
        Calls.try_emplace(E.Number, Position{B, I});
    }
}

const llvm::BitVector &CallOrder::reachedWithout(uint32_t Block) const {
  auto [It, New] = Reached.try_emplace(Block, llvm::BitVector(Flow.Blocks.size()));
  llvm::BitVector &Seen = It->second;
  if (!New || Block == 0)
    return Seen;
  llvm::SmallVector<uint32_t, 16> Pending = {0};
  Seen.set(0);
  while (!Pending.empty())
    for (const UserEdge &Edge : Flow.Blocks[Pending.pop_back_val()].Next)
      if (Edge.To != Block && !Seen.test(Edge.To)) {
        Seen.set(Edge.To);
        Pending.push_back(Edge.To);
      }
  return Seen;
}

bool CallOrder::isBefore(uint32_t Call, const UserEvent &E) const {
  if (Events.empty())
    number();
  auto First = Calls.find(Call);
  auto Then = Events.find(&E);
  if (First == Calls.end() || Then == Events.end())
    return false;
  return First->second.Block == Then->second.Block ? First->second.Index < Then->second.Index
                                                   : isBefore(Call, Then->second.Block);
}

bool CallOrder::isBefore(uint32_t Call, uint32_t Block) const {
  if (Events.empty())
    number();
  auto First = Calls.find(Call);
  return First != Calls.end() && First->second.Block != Block &&
         !reachedWithout(First->second.Block).test(Block);
}

} // namespace airlock
