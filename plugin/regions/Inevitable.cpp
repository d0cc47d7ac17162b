// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The dominators of the exit, by the algorithm of Cooper, Harvey and Kennedy ("A
// Simple, Fast Dominance Algorithm", 2001): blocks come in reverse post-order.

#include "regions/Inevitable.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

/// A negative constant is returned: the rest of the function is not for this path.
static bool fails(const FlowBlock &B, const Flow &Body) {
  return llvm::any_of(B.Events, [&](const FlowEvent &E) {
    return E.Is == FlowEvent::Return && E.Source != NoExpr &&
           Body.Exprs[E.Source].Is == FlowExpr::Constant && Body.Exprs[E.Source].Number < 0;
  });
}

llvm::BitVector inevitableBlocks(const Flow &Body) {
  constexpr BlockId None = ~BlockId(0);
  size_t Count = Body.Blocks.size();
  std::vector<llvm::SmallVector<BlockId, 2>> From(Count);
  BlockId Exit = None;
  for (BlockId Id = 0; Id < Count; ++Id) {
    if (Body.Blocks[Id].IsExit)
      Exit = Id;
    if (!fails(Body.Blocks[Id], Body))
      for (const FlowEdge &Edge : Body.Blocks[Id].Next)
        From[Edge.To].push_back(Id);
  }

  std::vector<BlockId> Dominator(Count, None);
  Dominator[0] = 0;
  auto Common = [&](BlockId A, BlockId B) {
    while (A != B)
      (A > B ? A : B) = Dominator[A > B ? A : B];
    return A;
  };
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (BlockId Id = 1; Id < Count; ++Id) {
      BlockId New = None;
      for (BlockId Before : From[Id])
        if (Dominator[Before] != None)
          New = New == None ? Before : Common(New, Before);
      Changed |= New != Dominator[Id];
      Dominator[Id] = New;
    }
  }

  llvm::BitVector Inevitable(Count);
  if (Exit != None && Dominator[Exit] != None)
    for (BlockId Id = Exit; Id; Id = Dominator[Id])
      Inevitable.set(Id);
  if (Count)
    Inevitable.set(0);
  return Inevitable;
}

} // namespace airlock
