// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Decisions.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

namespace {

using Blocks = llvm::SmallVector<BlockId, 2>;

/// A negative constant is returned: the rest of the function is not for this path.
bool fails(const FlowBlock &B, const Flow &Body) {
  return llvm::any_of(B.Events, [&](const FlowEvent &E) {
    return E.Is == FlowEvent::Return && E.Source != NoExpr &&
           Body.Exprs[E.Source].Is == FlowExpr::Constant && Body.Exprs[E.Source].Number < 0;
  });
}

/// The blocks from which a function comes to its end without a failure.
llvm::BitVector succeeding(const Flow &Body, llvm::ArrayRef<Blocks> From, BlockId Exit) {
  llvm::BitVector Succeeds(Body.Blocks.size());
  Blocks Found = {Exit};
  Succeeds.set(Exit);
  while (!Found.empty()) {
    BlockId Id = Found.pop_back_val();
    for (BlockId Before : From[Id])
      if (!Succeeds.test(Before) && !fails(Body.Blocks[Before], Body)) {
        Succeeds.set(Before);
        Found.push_back(Before);
      }
  }
  return Succeeds;
}

/// Which block comes next on every path to the exit, by the algorithm of Cooper,
/// Harvey and Kennedy ("A Simple, Fast Dominance Algorithm", 2001) on the flow
/// turned round. Where there is no way out, the last block counts as one before the exit.
class PostDominators {
public:
  PostDominators(const Flow &Body, llvm::ArrayRef<Blocks> From, BlockId Exit)
      : Next(Body.Blocks.size(), None), Order(Body.Blocks.size(), None) {
    std::vector<BlockId> Found; // in post-order from the exit
    visit(Exit, From, Found);
    llvm::BitVector Endless(Body.Blocks.size());
    for (BlockId Id = Body.Blocks.size(); Id-- > 0;)
      if (Order[Id] == None) {
        Endless.set(Id);
        visit(Id, From, Found);
      }
    Next[Exit] = Exit;
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (BlockId Id : llvm::reverse(Found)) {
        if (Id == Exit)
          continue;
        BlockId New = Endless.test(Id) ? Exit : None;
        for (const FlowEdge &Edge : Body.Blocks[Id].Next)
          if (Next[Edge.To] != None)
            New = New == None ? Edge.To : common(New, Edge.To);
        Changed |= New != Next[Id];
        Next[Id] = New;
      }
    }
  }

  BlockId after(BlockId Id) const { return Next[Id]; }

private:
  static constexpr BlockId None = ~BlockId(0);

  void visit(BlockId Root, llvm::ArrayRef<Blocks> From, std::vector<BlockId> &Found) {
    std::vector<std::pair<BlockId, size_t>> Stack = {{Root, 0}};
    Order[Root] = 0;
    while (!Stack.empty()) {
      auto &[Id, I] = Stack.back();
      if (I < From[Id].size()) {
        BlockId Before = From[Id][I++];
        if (Order[Before] == None) {
          Order[Before] = 0;
          Stack.push_back({Before, 0});
        }
        continue;
      }
      Order[Id] = Found.size();
      Found.push_back(Id);
      Stack.pop_back();
    }
  }

  BlockId common(BlockId A, BlockId B) const {
    while (A != B) {
      BlockId &Earlier = Order[A] < Order[B] ? A : B;
      if (Next[Earlier] == Earlier)
        return Earlier;
      Earlier = Next[Earlier];
    }
    return A;
  }

  std::vector<BlockId> Next, Order;
};

} // namespace

std::vector<uint8_t> decisionsBefore(const Flow &Body, const llvm::BitVector &Decided) {
  const size_t Count = Body.Blocks.size();
  std::vector<uint8_t> Decisions(Count, 0);
  std::vector<Blocks> From(Count);
  BlockId Exit = Count;
  for (BlockId Id = 0; Id < Count; ++Id) {
    if (Body.Blocks[Id].IsExit)
      Exit = Id;
    for (const FlowEdge &Edge : Body.Blocks[Id].Next)
      From[Edge.To].push_back(Id);
  }
  if (Exit == Count)
    return Decisions; // it never returns

  const llvm::BitVector Succeeds = succeeding(Body, From, Exit);
  const PostDominators Post(Body, From, Exit);
  // Blocks come in reverse post-order: what a block depends on has been counted.
  constexpr uint8_t NotYet = MaxDecisions + 1;
  std::fill(Decisions.begin(), Decisions.end(), NotYet);
  for (BlockId Id = 0; Id < Count; ++Id) {
    if (Decisions[Id] == NotYet)
      Decisions[Id] = 0;
    const auto &Edges = Body.Blocks[Id].Next;
    if (Edges.size() < 2)
      continue;
    for (const FlowEdge &Edge : Edges) {
      bool Only = Succeeds.test(Edge.To) && llvm::none_of(Edges, [&](const FlowEdge &Other) {
                    return Other.To != Edge.To && Succeeds.test(Other.To);
                  });
      bool Decides = !Decided.test(Id) && !Body.Blocks[Id].DecidesLoop && !Only;
      uint8_t Here = std::min<unsigned>(Decisions[Id] + Decides, MaxDecisions);
      for (BlockId On = Edge.To; On != Post.after(Id) && On != Exit; On = Post.after(On))
        if (On > Id)
          Decisions[On] = std::min(Decisions[On], Here);
    }
  }
  return Decisions;
}

} // namespace airlock
