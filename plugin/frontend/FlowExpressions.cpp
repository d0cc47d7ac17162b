// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/FlowExpressions.h"
#include "frontend/CfgTools.h"
#include "frontend/ExprTools.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/Builtins.h"
#include "llvm/ADT/ScopeExit.h"

using namespace clang;

namespace airlock {

FlowExpressions::FlowExpressions(const CollectorInput &From, UnitTables &Tables, const Facts &Into,
                                 const FunctionDecl *Function, bool HasModelledMacros,
                                 llvm::function_ref<bool(EntityId)> ChangesRegions, Flow &Out)
    : Context(From.Context), Tables(Tables), Into(Into), Function(Function),
      HasModelledMacros(HasModelledMacros), ChangesRegions(ChangesRegions), Out(Out) {
  addValue({}); // Flow::ReturnValue
}

/// What is nested deeper is not known: whoever evaluates an expression goes down all
/// its levels.
ExprId FlowExpressions::add(FlowExpr E) {
  constexpr uint16_t MaxLevels = 512;
  uint16_t Level = 1;
  for (ExprId Operand : E.Operands)
    if (Operand != NoExpr)
      Level = std::max<uint16_t>(Level, Levels[Operand] + 1);
  if (Level > MaxLevels)
    return NoExpr;
  Out.Exprs.push_back(E);
  Levels.push_back(Level);
  return Out.Exprs.size() - 1;
}

ValueId FlowExpressions::addValue(FlowValue V) {
  Out.Values.push_back(std::move(V));
  return Out.Values.size() - 1;
}

template <typename Map, typename Key> ValueId FlowExpressions::numbered(Map &Numbers, Key K) {
  auto [It, New] = Numbers.try_emplace(K, NoValue);
  if (New) {
    FlowValue V;
    V.Is = FlowValue::Result;
    It->second = addValue(V);
  }
  return It->second;
}

ExprId FlowExpressions::value(ValueId V) {
  FlowExpr E;
  E.Is = FlowExpr::Value;
  E.Var = V;
  return add(E);
}

ExprId FlowExpressions::constant(int64_t N) {
  FlowExpr E;
  E.Is = FlowExpr::Constant;
  E.Number = N;
  return add(E);
}

ExprId FlowExpressions::address(EntityId Function) {
  FlowExpr E;
  E.Is = FlowExpr::Address;
  E.Function = Function;
  return add(E);
}

ExprId FlowExpressions::combine(FlowExpr::Kind Kind, ExprId A, ExprId B) {
  if (A == NoExpr && B == NoExpr)
    return NoExpr;
  FlowExpr E;
  E.Is = Kind;
  E.Operands[0] = A;
  E.Operands[1] = B;
  return add(E);
}

ValueId FlowExpressions::variable(const ValueDecl *D) {
  const auto *V = dyn_cast<VarDecl>(D);
  if (!V || !V->hasLocalStorage() || V->getType().isVolatileQualified())
    return NoValue;
  auto [It, New] = Variables.try_emplace(V, NoValue);
  if (!New)
    return It->second;
  FlowValue Value;
  const auto *P = dyn_cast<ParmVarDecl>(V);
  if (P && P->getDeclContext() == Function) {
    Value.Parameter = P->getFunctionScopeIndex();
    Value.IsFlag = P->getType()->isBooleanType();
  }
  Value.IsPointer = V->getType()->isPointerType();
  ValueId Id = addValue(Value);
  return Variables[V] = Id;
}

/// Stops where the function gets too large: bodies of one line multiply.
ExprId FlowExpressions::of(const Expr *E) {
  Out.TooLarge |= Out.Exprs.size() > Flow::MaxSize;
  constexpr unsigned MaxNested = 2048; // nodes of the source
  if (!E || Out.TooLarge || Nested == MaxNested)
    return NoExpr;
  ++Nested;
  ExprId Id = ofNode(E);
  --Nested;
  return Id;
}

/// The expansion itself if a macro that changes regions begins at this node.
ExprId FlowExpressions::ofNode(const Expr *E) {
  E = E->IgnoreParens();
  if (!HasModelledMacros || Inlined || !hasOwnFrame(E))
    return ofPlain(E);
  MacroFrames::NodeFrame Frame = Tables.Frames.of(E);
  if (!Frame.Known || !Frame.Modelled)
    return ofPlain(E);
  // The outermost one that has something to say and that we are not in yet.
  CallId Outermost = NoCall;
  for (const MacroFrame *At = Frame.Modelled; At; At = At->Outer ? At->Outer->Modelled : nullptr) {
    auto Found = Tables.Sites.OfExpansion.find({At, Function});
    if (Found == Tables.Sites.OfExpansion.end())
      continue;
    if (Found->second == Inside)
      break;
    const Entity &Macro = Into.callee(Into.Calls[Found->second]);
    if (Macro.changesRegions() || (Macro.More && Macro.More->isQuestion()))
      Outermost = Found->second;
  }
  if (Outermost == NoCall)
    return Frame.Opaque ? NoExpr : ofPlain(E);
  CallId Around = Inside;
  Inside = Outermost;
  FlowExpr Result;
  Result.Is = FlowExpr::Expansion;
  Result.Operands[0] = Frame.Opaque ? NoExpr : ofPlain(E);
  Inside = Around;
  Result.Call = Outermost;
  Result.Var = result(Outermost);
  const Entity &Macro = Into.callee(Into.Calls[Outermost]);
  if (Macro.More && Macro.More->isQuestion())
    return ofMemory(E, Into.Calls[Outermost].Callee);
  return add(Result);
}

ExprId FlowExpressions::ofArgument(const Expr *E) {
  bool Before = InArgument;
  InArgument = true;
  ExprId Id = of(E);
  InArgument = Before;
  return Id;
}

ExprId FlowExpressions::ofPlain(const Expr *E) {
  E = E->IgnoreParens();
  switch (E->getStmtClass()) {
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
    if (E->getType()->isVoidType())
      return NoExpr;
    return of(cast<CastExpr>(E)->getSubExpr());
  case Stmt::ConstantExprClass:
    return ofConstant(E);
  case Stmt::IntegerLiteralClass:
  case Stmt::CharacterLiteralClass:
  case Stmt::UnaryExprOrTypeTraitExprClass:
    return ofConstant(E);
  case Stmt::StringLiteralClass:
    return address();
  case Stmt::DeclRefExprClass:
    return ofReference(cast<DeclRefExpr>(E));
  case Stmt::MemberExprClass:
    return ofMemory(E, testOf(dyn_cast<FieldDecl>(cast<MemberExpr>(E)->getMemberDecl())));
  case Stmt::ArraySubscriptExprClass:
    return ofMemory(E);
  case Stmt::UnaryOperatorClass:
    return ofUnary(cast<UnaryOperator>(E));
  case Stmt::BinaryOperatorClass:
    return ofBinary(cast<BinaryOperator>(E));
  case Stmt::CompoundAssignOperatorClass:
    return of(cast<BinaryOperator>(E)->getLHS());
  case Stmt::ConditionalOperatorClass: {
    const auto *C = cast<ConditionalOperator>(E);
    FlowExpr Select;
    Select.Is = FlowExpr::Select;
    Select.Operands[0] = of(C->getCond());
    Select.Operands[1] = of(C->getTrueExpr());
    Select.Operands[2] = of(C->getFalseExpr());
    Select.Var = joined(C);
    return add(Select);
  }
  case Stmt::BinaryConditionalOperatorClass: {
    const auto *C = cast<BinaryConditionalOperator>(E);
    if (ValueId Whole = joined(C); Whole != NoValue)
      return value(Whole);
    return combine(FlowExpr::Or, of(C->getCommon()), of(C->getFalseExpr()));
  }
  case Stmt::OpaqueValueExprClass:
    return of(cast<OpaqueValueExpr>(E)->getSourceExpr());
  case Stmt::ChooseExprClass:
    return of(cast<ChooseExpr>(E)->getChosenSubExpr());
  case Stmt::GenericSelectionExprClass:
    return of(cast<GenericSelectionExpr>(E)->getResultExpr());
  case Stmt::StmtExprClass: {
    const CompoundStmt *Body = cast<StmtExpr>(E)->getSubStmt();
    if (const auto *Last = Body->body_empty() ? nullptr : dyn_cast<Expr>(Body->body_back()))
      return of(Last);
    return NoExpr;
  }
  case Stmt::CallExprClass:
    return ofCall(cast<CallExpr>(E));
  default:
    return NoExpr;
  }
}

static bool callsSomething(const Stmt *S) {
  return isa<CallExpr>(S) || llvm::any_of(S->children(), [](const Stmt *Child) {
           return Child && callsSomething(Child);
         });
}

ExprId FlowExpressions::ofConstant(const Expr *E) {
  Expr::EvalResult Result;
  if (E->isValueDependent() || !E->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects) ||
      !Result.Val.isInt())
    return NoExpr;
  return constant(inBits(Result.Val.getInt()));
}

/// Whether it comes to the same wherever in the function it is evaluated.
bool FlowExpressions::keepsValue(const Expr *E) const {
  auto Keeps = [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      const auto *V = dyn_cast<VarDecl>(Ref->getDecl());
      return !V || (V->hasLocalStorage() && !Assigned.contains(V) &&
                    (isa<ParmVarDecl>(V) || V->hasInit()));
    }
    const auto *U = dyn_cast<UnaryOperator>(S);
    return !isa<MemberExpr, ArraySubscriptExpr, StmtExpr, CallExpr>(S) &&
           !(U && U->getOpcode() == UO_Deref);
  };
  // A sum may be longer than the stack is deep.
  llvm::SmallVector<const Stmt *, 16> Pending = {E};
  while (!Pending.empty()) {
    const Stmt *Next = Pending.pop_back_val();
    if (!Keeps(Next))
      return false;
    llvm::copy_if(Next->children(), std::back_inserter(Pending),
                  [](const Stmt *Child) { return Child; });
  }
  return true;
}

/// `bool wait = !(flags & NOWAIT);`: what the variable stands for.
const Expr *FlowExpressions::definitionOf(const ValueDecl *D) const {
  const auto *V = dyn_cast<VarDecl>(D);
  if (!V || isa<ParmVarDecl>(V) || !V->hasLocalStorage() || !V->hasInit() || Assigned.contains(V) ||
      !V->getType()->isScalarType())
    return nullptr;
  const Expr *Initial = V->getInit()->IgnoreParenImpCasts();
  // Only what is more than a name or a number; those the analysis follows itself.
  if (!isa<UnaryOperator, BinaryOperator, ConditionalOperator>(Initial) || !keepsValue(Initial))
    return nullptr;
  return Initial;
}

ExprId FlowExpressions::ofReference(const DeclRefExpr *R) {
  if (auto Known = Bound.find(R->getDecl()); Known != Bound.end())
    return Known->second;
  if (isa<EnumConstantDecl>(R->getDecl()))
    return ofConstant(R);
  if (const auto *F = dyn_cast<FunctionDecl>(R->getDecl()))
    return address(Tables.Entities.of(F));
  if (Inlined)
    return ofMemory(R);
  if (const Expr *Definition = definitionOf(R->getDecl())) {
    // Once: it may be made of others like it, each named twice; or of itself.
    auto [Known, New] =
        Definitions.try_emplace(DefinitionKey(R->getDecl(), Inside, InArgument), NoExpr);
    if (New)
      Known->second = of(Definition);
    return Known->second;
  }
  ValueId V = variable(R->getDecl());
  if (V != NoValue)
    return value(V);
  // A constant for good: `static const gfp_t mask = GFP_KERNEL`.
  const auto *Global = dyn_cast<VarDecl>(R->getDecl());
  if (Global && Global->getType().isConstQualified() && Global->getType()->isIntegerType())
    if (const Expr *Initial = Global->getAnyInitializer())
      return ofConstant(Initial);
  return ofMemory(R);
}

ExprId FlowExpressions::ofUnary(const UnaryOperator *U) {
  switch (U->getOpcode()) {
  case UO_LNot: {
    ExprId Operand = of(U->getSubExpr());
    return Operand == NoExpr ? NoExpr : combine(FlowExpr::Not, Operand, NoExpr);
  }
  case UO_AddrOf:
    if (const auto *Ref = dyn_cast<DeclRefExpr>(U->getSubExpr()->IgnoreParens()))
      if (isa<FunctionDecl>(Ref->getDecl()))
        return ofReference(Ref);
    return address();
  case UO_Deref:
    return ofMemory(U);
  case UO_PreInc:
  case UO_PreDec:
    return of(U->getSubExpr());
  case UO_Extension:
  case UO_Plus:
    return of(U->getSubExpr());
  default:
    return ofConstant(U);
  }
}

ExprId FlowExpressions::ofBinary(const BinaryOperator *B) {
  auto Negate = [&](ExprId E) { return E == NoExpr ? NoExpr : combine(FlowExpr::Not, E, NoExpr); };
  auto Both = [&](FlowExpr::Kind Kind, bool Swap = false) {
    const Expr *L = B->getLHS(), *R = B->getRHS();
    if (Swap)
      std::swap(L, R);
    ExprId Left = of(L), Right = of(R);
    ExprId Result = combine(Kind, Left, Right);
    // Unsigned, only zero has a sign: `0 < x` is x, `x < 1` is !x.
    if (Kind == FlowExpr::Less && !L->getType()->isSignedIntegerOrEnumerationType()) {
      auto Is = [&](ExprId Id, int64_t N) {
        return Id != NoExpr && Out.Exprs[Id].Is == FlowExpr::Constant && Out.Exprs[Id].Number == N;
      };
      if (Is(Left, 0) && Right != NoExpr)
        return combine(FlowExpr::Not, combine(FlowExpr::Not, Right, NoExpr), NoExpr);
      if (Is(Right, 1) && Left != NoExpr)
        return combine(FlowExpr::Not, Left, NoExpr);
      // `(unsigned long)p >= -MAX_ERRNO`: errors are the negative pointers.
      bool IsError = Right != NoExpr && Out.Exprs[Right].Is == FlowExpr::Constant &&
                     Out.Exprs[Right].Number < 0 && Left != NoExpr;
      if (IsError)
        return combine(FlowExpr::Not, combine(FlowExpr::Less, Left, constant(0)), NoExpr);
      Result = NoExpr;
    }
    bool Joins = Kind == FlowExpr::And || Kind == FlowExpr::Or;
    ValueId Whole = Joins && joined(B) != NoValue ? joined(B)
                    : Joins || Kind == FlowExpr::Equal || Kind == FlowExpr::Less
                        ? comparison(Kind, L, R)
                        : NoValue;
    if (Whole == NoValue)
      return Result;
    if (Result == NoExpr)
      return value(Whole);
    Out.Exprs[Result].Var = Whole;
    return Result;
  };
  switch (B->getOpcode()) {
  case BO_LAnd:
    return Both(FlowExpr::And);
  case BO_LOr:
    return Both(FlowExpr::Or);
  case BO_EQ:
    return Both(FlowExpr::Equal);
  case BO_NE:
    return Negate(Both(FlowExpr::Equal));
  case BO_LT:
    return Both(FlowExpr::Less);
  case BO_GT:
    return Both(FlowExpr::Less, /*Swap=*/true);
  case BO_LE:
    return Negate(Both(FlowExpr::Less, /*Swap=*/true));
  case BO_GE:
    return Negate(Both(FlowExpr::Less));
  case BO_Comma:
    return of(B->getRHS());
  case BO_Assign: {
    const auto *Ref = dyn_cast<DeclRefExpr>(B->getLHS()->IgnoreParens());
    return Ref && variable(Ref->getDecl()) != NoValue ? of(Ref) : of(B->getRHS());
  }
  case BO_Add:
  case BO_Sub:
    // Within an object: container_of() of an error or of NULL is nobody's intention.
    if (B->getType()->isPointerType() && B->getLHS()->getType()->isPointerType())
      if (ExprId Pointer = of(B->getLHS()); Pointer != NoExpr)
        return combine(FlowExpr::Offset, Pointer, NoExpr);
    return ofConstant(B);
  case BO_Or: {
    ExprId L = of(B->getLHS()), R = of(B->getRHS());
    bool Constants = L != NoExpr && R != NoExpr && Out.Exprs[L].Is == FlowExpr::Constant &&
                     Out.Exprs[R].Is == FlowExpr::Constant;
    return Constants ? constant(Out.Exprs[L].Number | Out.Exprs[R].Number)
                     : combine(FlowExpr::BitOr, L, R);
  }
  case BO_And: {
    ExprId L = of(B->getLHS()), R = of(B->getRHS());
    if (L == NoExpr || R == NoExpr)
      return ofConstant(B);
    if (Out.Exprs[L].Is == FlowExpr::Constant)
      std::swap(L, R);
    const FlowExpr &Bits = Out.Exprs[R], &Whole = Out.Exprs[L];
    // Not what was computed with: `(gfp | X) & Y` is evaluated bit by bit.
    if (Bits.Is == FlowExpr::Constant && Whole.Is == FlowExpr::Constant)
      return constant(Bits.Number & Whole.Number);
    if (Bits.Is != FlowExpr::Constant || Whole.Is != FlowExpr::Value)
      return combine(FlowExpr::BitAnd, L, R);
    auto [It, New] = Masks.try_emplace({Whole.Var, uint64_t(Bits.Number)}, NoValue);
    if (New) {
      FlowValue Masked;
      Masked.Is = FlowValue::Masked;
      Masked.Base = Whole.Var;
      Masked.Mask = Bits.Number;
      ValueId Id = addValue(Masked);
      Out.Values[Masked.Base].Dependents.push_back(Id);
      It->second = Id;
    }
    return value(It->second);
  }
  default:
    return ofConstant(B);
  }
}

ExprId FlowExpressions::ofCall(const CallExpr *C) {
  const FunctionDecl *F = C->getDirectCallee();
  if (!F)
    return Inlined ? NoExpr : value(result(C));
  if (unsigned Builtin = F->getBuiltinID()) {
    if (Builtin == Builtin::BI__builtin_expect ||
        Builtin == Builtin::BI__builtin_expect_with_probability)
      return of(C->getArg(0));
    if (!Context.BuiltinInfo.isPredefinedLibFunction(Builtin))
      return Builtin == Builtin::BI__builtin_constant_p ? NoExpr : ofConstant(C);
  }
  EntityId Id = Tables.Entities.of(F);
  const Entity &Callee = Into.Entities[Id];
  if (Callee.More && Callee.More->isQuestion())
    return ofMemory(C, Id);
  if (Callee.changesRegions() || ChangesRegions(Id))
    return Inlined ? NoExpr : value(result(C));
  constexpr unsigned MaxInlined = 3; // a choice: further down a call stands for itself
  const Expr *Body = Callee.Opaque ? nullptr : onlyReturns(F);
  const FunctionDecl *Definition = F->getDefinition();
  if (Body && Inlined < MaxInlined && Definition->getNumParams() == C->getNumArgs()) {
    llvm::SmallVector<ExprId, 4> Arguments;
    for (const Expr *Argument : C->arguments())
      Arguments.push_back(ofArgument(Argument));
    auto Before = Bound;
    for (unsigned I = 0; I < Arguments.size(); ++I)
      Bound[Definition->getParamDecl(I)] = Arguments[I];
    // Memory that it reads is memory of this call: the call stands for it.
    ++Inlined;
    ExprId Result = of(Body);
    --Inlined;
    Bound = std::move(Before);
    if (Result != NoExpr)
      return Result;
  }
  if (Inlined)
    return NoExpr;
  return ofMemory(C);
}

EntityId FlowExpressions::testOf(const FieldDecl *F) {
  if (!F || !Tables.Entities.isTestField(F))
    return NoEntity;
  EntityId Id = Tables.Entities.of(F);
  const Behaviour *More = Into.Entities[Id].More;
  return More && More->isQuestion() ? Id : NoEntity;
}

/// One reader is noted after the other.
static void addOnce(llvm::SmallVectorImpl<ValueId> &Readers, ValueId Reader) {
  if (Readers.empty() || Readers.back() != Reader)
    Readers.push_back(Reader);
}

/// Ties what is read to the variables and fields in it.
void FlowExpressions::noteVariables(const Stmt *S, ValueId Reader) {
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    ValueId V = variable(Ref->getDecl());
    if (V != NoValue)
      addOnce(Out.Values[V].Dependents, Reader);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    addOnce(FieldReads[Member->getMemberDecl()], Reader);
  for (const Stmt *Child : S->children())
    if (Child)
      noteVariables(Child, Reader);
}

/// Whether reading it twice may be two values, or does something.
static bool isFresh(const Stmt *S) {
  if (const auto *E = dyn_cast<Expr>(S))
    if (E->getType().isVolatileQualified())
      return true;
  if (isa<StmtExpr, CompoundAssignOperator>(S))
    return true;
  if (const auto *U = dyn_cast<UnaryOperator>(S))
    if (U->isIncrementDecrementOp())
      return true;
  if (const auto *B = dyn_cast<BinaryOperator>(S))
    if (B->isAssignmentOp())
      return true;
  return llvm::any_of(S->children(), [](const Stmt *Child) { return Child && isFresh(Child); });
}

ValueId FlowExpressions::keyOf(const llvm::FoldingSetNodeID &Key,
                               llvm::ArrayRef<const Expr *> Reads, FlowValue::Kind Is,
                               EntityId Test) {
  auto [It, New] = Memory.try_emplace(Key, NoValue);
  if (New) {
    FlowValue V;
    V.Is = Is;
    V.Test = Test;
    It->second = addValue(V);
    for (const Expr *E : Reads)
      noteVariables(E, It->second);
  }
  return It->second;
}

/// `in_task()`: of nothing but where the code is, so that a helper's question is its caller's.
static bool isAboutNothingElse(const Expr *E) {
  const auto *C = dyn_cast<CallExpr>(E);
  return C && C->getNumArgs() == 0;
}

ExprId FlowExpressions::ofMemory(const Expr *E, EntityId Test) {
  bool OfCallee = Inlined && (Test == NoEntity || !isAboutNothingElse(E));
  if (OfCallee || (InArgument && Test == NoEntity) || (isFresh(E) && Test == NoEntity))
    return NoExpr;
  llvm::FoldingSetNodeID Key;
  E->Profile(Key, Context, /*Canonical=*/true);
  return value(keyOf(Key, E, FlowValue::Memory, Test));
}

/// Whether it has at most that many nodes; what is left of the budget is returned.
static unsigned spend(const Stmt *S, unsigned Budget) {
  if (Budget)
    --Budget;
  for (const Stmt *Child : S->children()) {
    if (!Budget)
      break;
    if (Child)
      Budget = spend(Child, Budget);
  }
  return Budget;
}

/// A choice: long chains of `a || b || ...` are not asked twice, and each of their parts
/// would be looked at once for every part around it.
bool FlowExpressions::isSmall(const Expr *E) {
  constexpr unsigned MaxNodes = 20;
  return spend(E, MaxNodes) != 0;
}

/// `n > 3`, asked twice, has one answer.
ValueId FlowExpressions::comparison(FlowExpr::Kind Kind, const Expr *L, const Expr *R) {
  if (!isSmall(L) || !isSmall(R) || Inlined || InArgument || isFresh(L) || isFresh(R) ||
      callsSomething(L) || callsSomething(R))
    return NoValue;
  llvm::FoldingSetNodeID Key;
  Key.AddInteger(unsigned(Kind));
  L->IgnoreParenImpCasts()->Profile(Key, Context, /*Canonical=*/true);
  R->IgnoreParenImpCasts()->Profile(Key, Context, /*Canonical=*/true);
  return keyOf(Key, {L, R}, FlowValue::Answer, NoEntity);
}

ValueId FlowExpressions::joined(const Expr *E) { return Joins.contains(E) ? result(E) : NoValue; }

void FlowExpressions::changedBy(const Expr *E, llvm::SmallVectorImpl<ValueId> &Changed) {
  E = E->IgnoreParenCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    ValueId V = variable(Ref->getDecl());
    if (V != NoValue)
      Changed.push_back(V);
    return;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    auto Found = FieldReads.find(Member->getMemberDecl());
    if (Found != FieldReads.end())
      Changed.append(Found->second.begin(), Found->second.end());
  }
}

} // namespace airlock
