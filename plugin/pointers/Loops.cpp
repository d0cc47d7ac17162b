// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/Loops.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

std::vector<UserLoop> loopsOf(const UserFlow &Flow) {
  std::vector<UserLoop> All;
  // In reverse post-order, an edge back is one that does not lead on.
  std::vector<llvm::SmallVector<uint32_t, 2>> Before(Flow.Blocks.size());
  for (uint32_t Id = 0; Id < Flow.Blocks.size(); ++Id)
    for (const UserEdge &E : Flow.Blocks[Id].Next)
      Before[E.To].push_back(Id);
  for (uint32_t Head = 0; Head < Flow.Blocks.size(); ++Head) {
    llvm::SmallVector<uint32_t, 8> Pending;
    for (uint32_t Id : Before[Head])
      if (Id >= Head)
        Pending.push_back(Id);
    if (Pending.empty())
      continue;
    UserLoop L{Head, llvm::BitVector(Flow.Blocks.size()), {}};
    L.Blocks.set(Head);
    while (!Pending.empty()) {
      uint32_t Id = Pending.pop_back_val();
      // A block from before the head: the loop has a second way in, and no head.
      if (Id < Head || L.Blocks.test(Id))
        continue;
      L.Blocks.set(Id);
      Pending.append(Before[Id].begin(), Before[Id].end());
    }
    for (unsigned Id : L.Blocks.set_bits())
      if (llvm::any_of(Flow.Blocks[Id].Next,
                       [&](const UserEdge &E) { return !L.Blocks.test(E.To); }))
        L.Exits.push_back(Id);
    All.push_back(std::move(L));
  }
  return All;
}

} // namespace airlock
