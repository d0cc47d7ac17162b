// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Reads.h"

namespace airlock {

void addReads(const Flow &F, ExprId Root, llvm::BitVector &Looked,
              llvm::SmallVectorImpl<ValueId> &Reads) {
  llvm::SmallVector<ExprId, 8> Left;
  auto Look = [&](ExprId Id) {
    if (Id == NoExpr || Looked.test(Id))
      return;
    Looked.set(Id);
    Left.push_back(Id);
  };
  for (Look(Root); !Left.empty();) {
    const FlowExpr &E = F.Exprs[Left.pop_back_val()];
    if (E.Is == FlowExpr::Value)
      Reads.push_back(E.Var);
    for (ExprId Operand : E.Operands)
      Look(Operand);
  }
}

/// By expression: whether it is one of a few constants. Operands come first.
static llvm::BitVector constantExprs(const Flow &F) {
  llvm::BitVector Is(F.Exprs.size());
  for (ExprId Id = 0; Id < F.Exprs.size(); ++Id) {
    const FlowExpr &E = F.Exprs[Id];
    auto Arm = [&](unsigned I) { return E.Operands[I] != NoExpr && Is.test(E.Operands[I]); };
    if (E.Is == FlowExpr::Constant || (E.Is == FlowExpr::Select && Arm(1) && Arm(2)))
      Is.set(Id);
  }
  return Is;
}

llvm::SmallVector<ValueId, 4> tellingValues(const Flow &F) {
  // A choice of what is told apart: each value multiplies the states. What a further
  // variable remembers is not known where paths have joined.
  constexpr unsigned MaxTelling = 4, MaxConstants = 3;
  llvm::BitVector Other(F.Values.size()), Looked(F.Exprs.size());
  const llvm::BitVector Constant = constantExprs(F);
  llvm::SmallVector<ValueId, 32> Reads;
  std::vector<uint8_t> Constants(F.Values.size()); // counted up to MaxConstants + 1
  for (const FlowBlock &B : F.Blocks) {
    addReads(F, B.Condition, Looked, Reads);
    for (const FlowEvent &E : B.Events) {
      for (ExprId Argument : E.Arguments)
        addReads(F, Argument, Looked, Reads);
      if (E.Is == FlowEvent::Assign && E.Source != NoExpr && Constant.test(E.Source))
        Constants[E.Target] = std::min<unsigned>(Constants[E.Target] + 1, MaxConstants + 1);
      else if (E.Target != NoValue && E.Is != FlowEvent::NonNull)
        Other.set(E.Target);
    }
  }
  llvm::BitVector Used(F.Values.size());
  for (ValueId V : Reads)
    Used.set(V);
  llvm::SmallVector<ValueId, 4> Telling;
  for (ValueId V = 0; V < F.Values.size() && Telling.size() < MaxTelling; ++V)
    if (Used.test(V) && !Other.test(V) && F.Values[V].Is == FlowValue::Variable &&
        !F.Values[V].Parameter && Constants[V] && Constants[V] <= MaxConstants)
      Telling.push_back(V);
  return Telling;
}

} // namespace airlock
