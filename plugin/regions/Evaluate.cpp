// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/Evaluate.h"

namespace airlock {

void Evaluator::begin() {
  ++Now;
  if (Counted != F.Exprs.size())
    findShared();
}

/// What is a name or a number is as quickly asked again.
static bool isLeaf(const FlowExpr &E) {
  return E.Is == FlowExpr::Unknown || E.Is == FlowExpr::Constant || E.Is == FlowExpr::Address ||
         E.Is == FlowExpr::Value;
}

void Evaluator::findShared() {
  Used.resize(F.Exprs.size());
  for (; Counted < F.Exprs.size(); ++Counted)
    for (ExprId Operand : F.Exprs[Counted].Operands) {
      if (Operand == NoExpr || isLeaf(F.Exprs[Operand]))
        continue;
      if (Used.test(Operand))
        Shared.try_emplace(Operand);
      Used.set(Operand);
    }
}

/// Null for what has one user, as nearly all have.
Evaluator::Remembered *Evaluator::remembered(ExprId Id) {
  if (Id == NoExpr || Shared.empty())
    return nullptr;
  auto Found = Shared.find(Id);
  return Found == Shared.end() ? nullptr : &Found->second;
}

/// The expression itself, or what an expansion that does nothing stands for.
ExprId Evaluator::resolve(ExprId Id) const {
  while (Id != NoExpr && F.Exprs[Id].Is == FlowExpr::Expansion && !Acting.lookup(F.Exprs[Id].Call))
    Id = F.Exprs[Id].Operands[0];
  return Id;
}

static std::optional<bool> isLess(const Known &A, const Known &B) {
  std::optional<int64_t> NA = A.number(), NB = B.number();
  if (NA && NB)
    return *NA < *NB;
  if (NB && *NB == 0) {
    if (A.signs() == Known::Negative)
      return true;
    if (!(A.signs() & Known::Negative))
      return false;
  }
  if (NA && *NA == 0) {
    if (B.signs() == Known::Positive)
      return true;
    if (!(B.signs() & Known::Positive))
      return false;
  }
  return std::nullopt;
}

Known Evaluator::valueOf(ExprId Id, const PathState &In) {
  Remembered *Memo = remembered(Id);
  Id = resolve(Id);
  if (Id == NoExpr || !Spent.step())
    return Known();
  if (!Memo)
    Memo = remembered(Id);
  if (Memo && Memo->ValueAt == Now)
    return Memo->Value;
  const FlowExpr &E = F.Exprs[Id];
  Known K = structure(E, In);
  // What its parts do not tell any more, an earlier answer may.
  if (E.Var != NoValue && !K.truth())
    if (Known Whole = In.known(E.Var, F); Whole.truth())
      K = Whole;
  if (Memo) {
    Memo->Value = K;
    Memo->ValueAt = Now;
  }
  return K;
}

Known Evaluator::structure(const FlowExpr &E, const PathState &In) {
  auto Operand = [&](unsigned I) { return valueOf(E.Operands[I], In); };
  switch (E.Is) {
  case FlowExpr::Unknown:
    return Known();
  case FlowExpr::Constant:
    return Known::number(E.Number);
  case FlowExpr::Offset:
    return Known::signs(Operand(0).signs());
  case FlowExpr::Next: // a counter stays one; nobody counts on an overflow
    return Operand(0).signs() & Known::Negative ? Known()
                                                : Known::signs(Known::Zero | Known::Positive);
  case FlowExpr::Address: {
    Known K = Known::signs(Known::Negative | Known::Positive);
    K.Function = E.Function;
    return K;
  }
  case FlowExpr::Value:
  case FlowExpr::Expansion: {
    Known K = In.known(E.Var, F);
    if (F.Values[E.Var].Is == FlowValue::Variable && K.Copy == NoValue)
      K.Copy = E.Var;
    return K;
  }
  case FlowExpr::Not: {
    std::optional<bool> T = Operand(0).truth();
    return Known::boolean(T ? std::optional<bool>(!*T) : std::nullopt);
  }
  case FlowExpr::And:
  case FlowExpr::Or: {
    bool Decides = E.Is == FlowExpr::Or;
    std::optional<bool> A = Operand(0).truth(), B = Operand(1).truth();
    if (A == Decides || B == Decides)
      return Known::boolean(Decides);
    if (A && B)
      return Known::boolean(!Decides);
    return Known::boolean(std::nullopt);
  }
  case FlowExpr::Select: {
    std::optional<bool> T = Operand(0).truth();
    if (T)
      return Operand(*T ? 1 : 2);
    return Operand(1).join(Operand(2));
  }
  case FlowExpr::Equal: {
    Known A = Operand(0), B = Operand(1);
    if (std::optional<int64_t> N = B.number())
      return Known::boolean(A.equals(*N));
    if (std::optional<int64_t> N = A.number())
      return Known::boolean(B.equals(*N));
    return Known::boolean(std::nullopt);
  }
  case FlowExpr::Less:
    return Known::boolean(isLess(Operand(0), Operand(1)));
  case FlowExpr::BitAnd:
  case FlowExpr::BitOr: {
    Known A = Operand(0), B = Operand(1);
    std::optional<int64_t> NA = A.number(), NB = B.number();
    if (!NA && !NB)
      return Known();
    const Known &Other = NB ? A : B;
    uint64_t Bits = NB ? *NB : *NA;
    return E.Is == FlowExpr::BitAnd ? Other.masked(Bits) : Other.with(Bits);
  }
  }
  return Known();
}

/// What holds of a variable holds of its copies, and of what it is a copy of.
bool Evaluator::refineCopies(ValueId Original, bool Truth, PathState &In) {
  llvm::SmallVector<ValueId, 4> Same = {Original};
  for (const auto &[V, K] : In.facts())
    if (K.Copy == Original)
      Same.push_back(V);
  if (Same.size() == 1)
    return true;
  for (ValueId V : Same) {
    Known K = In.known(V, F);
    K.keepSigns(Truth ? Known::Negative | Known::Positive : Known::Zero);
    if (K.contradicts())
      return false;
    learn(V, K, In);
  }
  return true;
}

bool Evaluator::refineValue(ValueId V, bool Truth, PathState &In) {
  Known K = In.known(V, F);
  K.keepSigns(Truth ? Known::Negative | Known::Positive : Known::Zero);
  if (K.contradicts())
    return false;
  learn(V, K, In);
  if (!refineCopies(K.Copy == NoValue ? V : K.Copy, Truth, In))
    return false;
  const FlowValue &Value = F.Values[V];
  return Value.Is != FlowValue::Masked || learnBits(Value.Base, Value.Mask, Truth, In);
}

bool Evaluator::learnBits(ValueId V, uint64_t Bits, bool Set, PathState &In) {
  Known K = In.known(V, F);
  K.setBits(Bits, Set);
  if (K.contradicts())
    return false;
  learn(V, K, In);
  return true;
}

bool Evaluator::refineBits(ExprId Id, uint64_t Bits, bool Set, PathState &In) {
  begin();
  Id = resolve(Id);
  return Id == NoExpr || F.Exprs[Id].Is != FlowExpr::Value ||
         learnBits(F.Exprs[Id].Var, Bits, Set, In);
}

bool Evaluator::keepSigns(ExprId Id, uint8_t Signs, PathState &In) {
  Id = resolve(Id);
  if (Id == NoExpr)
    return true;
  Known K = valueOf(Id, In);
  K.keepSigns(Signs);
  if (K.contradicts())
    return false;
  if (F.Exprs[Id].Is == FlowExpr::Value || F.Exprs[Id].Is == FlowExpr::Expansion)
    learn(F.Exprs[Id].Var, K, In);
  return true;
}

bool Evaluator::narrowEqual(ExprId Id, int64_t Number, bool Truth, PathState &In) {
  const ExprId Whole = resolve(Id);
  if (Whole == NoExpr)
    return true;
  if (Number == 0)
    return narrow(Id, !Truth, In);
  const FlowExpr &E = F.Exprs[Whole];
  // `!x == 1`, `(a && b) == true`
  bool IsBoolean = E.Is == FlowExpr::Not || E.Is == FlowExpr::And || E.Is == FlowExpr::Or ||
                   E.Is == FlowExpr::Equal || E.Is == FlowExpr::Less;
  if (IsBoolean)
    return Number == 1 ? narrow(Id, Truth, In) : !Truth;
  Known K = valueOf(Id, In);
  if (std::optional<bool> Already = K.equals(Number))
    return *Already == Truth;
  if (E.Is != FlowExpr::Value && E.Is != FlowExpr::Expansion)
    return true;
  K.setNumber(Number, Truth);
  learn(E.Var, K, In);
  return !K.contradicts();
}

bool Evaluator::narrowLess(const FlowExpr &E, bool Truth, PathState &In) {
  Known A = valueOf(E.Operands[0], In), B = valueOf(E.Operands[1], In);
  if (std::optional<bool> Already = isLess(A, B))
    return *Already == Truth;
  if (std::optional<int64_t> N = B.number()) { // x < N
    if (Truth && *N <= 0)
      return keepSigns(E.Operands[0], Known::Negative, In);
    if (Truth && *N == 1)
      return keepSigns(E.Operands[0], Known::Negative | Known::Zero, In);
    if (!Truth && *N >= 0)
      return keepSigns(E.Operands[0], *N == 0 ? Known::Zero | Known::Positive : Known::Positive,
                       In);
  }
  if (std::optional<int64_t> N = A.number()) { // N < x
    if (Truth && *N >= 0)
      return keepSigns(E.Operands[1], Known::Positive, In);
    if (Truth && *N == -1)
      return keepSigns(E.Operands[1], Known::Zero | Known::Positive, In);
    if (!Truth && *N <= 0)
      return keepSigns(E.Operands[1], *N == 0 ? Known::Negative | Known::Zero : Known::Negative,
                       In);
  }
  // `i < n`, where i counts from 0: a loop with no rounds does nothing.
  if (Truth && !(A.signs() & Known::Negative))
    return keepSigns(E.Operands[1], Known::Positive, In);
  if (Truth && !(B.signs() & Known::Positive))
    return keepSigns(E.Operands[0], Known::Negative, In);
  return true;
}

bool Evaluator::narrow(ExprId Id, bool Truth, PathState &In) {
  Remembered *Memo = remembered(Id);
  Id = resolve(Id);
  if (Id == NoExpr || !Spent.step())
    return true;
  if (!Memo)
    Memo = remembered(Id);
  if (Memo && Memo->NarrowedAt[Truth] == Now)
    return true;
  if (std::optional<bool> Already = valueOf(Id, In).truth(); Already && *Already != Truth)
    return false;
  const FlowExpr &E = F.Exprs[Id];
  if (!narrowStructure(E, Truth, In))
    return false;
  bool IsValue = E.Is == FlowExpr::Value || E.Is == FlowExpr::Expansion;
  if (!IsValue && E.Var != NoValue && !refineValue(E.Var, Truth, In))
    return false;
  if (Memo)
    Memo->NarrowedAt[Truth] = Now;
  return true;
}

bool Evaluator::narrowStructure(const FlowExpr &E, bool Truth, PathState &In) {
  switch (E.Is) {
  case FlowExpr::Unknown:
  case FlowExpr::Constant:
  case FlowExpr::Address:
  case FlowExpr::Next:
  case FlowExpr::BitOr:
  case FlowExpr::BitAnd: // of a plain variable it is a value (FlowValue::Masked)
    return true;
  case FlowExpr::Value:
  case FlowExpr::Expansion:
    return refineValue(E.Var, Truth, In);
  case FlowExpr::Offset:
    return narrow(E.Operands[0], Truth, In);
  case FlowExpr::Not:
    return narrow(E.Operands[0], !Truth, In);
  case FlowExpr::And:
  case FlowExpr::Or: {
    bool Both = E.Is == FlowExpr::And; // true needs both to be true
    if (Truth == Both)
      return narrow(E.Operands[0], Truth, In) && narrow(E.Operands[1], Truth, In);
    for (unsigned I : {0u, 1u})
      if (valueOf(E.Operands[I], In).truth() == Both)
        return narrow(E.Operands[1 - I], Truth, In);
    return true;
  }
  case FlowExpr::Select: {
    std::optional<bool> T = valueOf(E.Operands[0], In).truth();
    for (bool Arm : {true, false})
      if (T != Arm && valueOf(E.Operands[Arm ? 1 : 2], In).truth() == !Truth)
        return narrow(E.Operands[0], !Arm, In) && narrow(E.Operands[Arm ? 2 : 1], Truth, In);
    return !T || narrow(E.Operands[*T ? 1 : 2], Truth, In);
  }
  case FlowExpr::Equal: {
    if (std::optional<int64_t> N = valueOf(E.Operands[1], In).number())
      return narrowEqual(E.Operands[0], *N, Truth, In);
    if (std::optional<int64_t> N = valueOf(E.Operands[0], In).number())
      return narrowEqual(E.Operands[1], *N, Truth, In);
    return true;
  }
  case FlowExpr::Less:
    return narrowLess(E, Truth, In);
  }
  return true;
}

} // namespace airlock
