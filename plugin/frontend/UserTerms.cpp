// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/UserTerms.h"
#include "frontend/CfgTools.h"
#include "frontend/ExprTools.h"
#include "model/Model.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/Stack.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace clang;

namespace airlock {

TermId UserTerms::make(Term T) {
  auto [It, New] = Known.try_emplace({T.Is, T.A, T.B, T.C, T.Number}, NoTerm);
  if (New) {
    Out.Terms.push_back(T);
    It->second = Out.Terms.size() - 1;
  }
  return It->second;
}

/// A value of a type, which is no part of what it is.
TermId UserTerms::typed(Term T, QualType Type) {
  T.IsUnsigned = Type->isUnsignedIntegerOrEnumerationType();
  T.Width = Type->isIntegralOrEnumerationType() ? sizeOf(Type) : 0;
  return make(T);
}

TermId UserTerms::parameter(const ParmVarDecl *P) {
  Term T;
  T.Is = Term::Parameter;
  T.Number = P->getFunctionScopeIndex();
  return typed(T, P->getType());
}

TermId UserTerms::unknown(const void *Of) {
  auto [It, New] = Unknowns.try_emplace(Of, NoTerm);
  if (New) {
    Term T;
    T.Number = Unknowns.size();
    Out.Terms.push_back(T);
    It->second = Out.Terms.size() - 1;
  }
  return It->second;
}

TermId UserTerms::combine(Term::Kind Kind, TermId A, TermId B) {
  Term T;
  T.Is = Kind;
  T.A = A;
  T.B = B;
  return make(T);
}

TermId UserTerms::select(TermId If, TermId Then, TermId Else) {
  Term T;
  T.Is = Term::Select;
  T.A = If;
  T.B = Then;
  T.C = Else;
  return make(T);
}

TermId UserTerms::offset(TermId Base, int64_t Bytes) {
  if (!Bytes)
    return Base;
  const Term B = Out.Terms[Base];
  if (B.Is == Term::Constant || B.Is == Term::Offset) {
    std::optional<int64_t> Sum = llvm::checkedAdd(B.Number, Bytes);
    if (!Sum) // no number: computed from both
      return combine(Term::Combine, Base, constant(Bytes));
    return B.Is == Term::Constant ? constant(*Sum) : offset(B.A, *Sum);
  }
  Term T;
  T.Is = Term::Offset;
  T.A = Base;
  T.Number = Bytes;
  return make(T);
}

uint64_t UserTerms::sizeOf(QualType T) const {
  if (T.isNull() || T->isIncompleteType() || T->isFunctionType() || T->isVariableArrayType() ||
      T->isDependentType())
    return 0;
  return Context.getTypeSizeInChars(T).getQuantity();
}

TermId UserTerms::load(TermId Address, QualType T, const ValueDecl *Field) {
  Term L;
  L.Is = Term::Load;
  L.A = Address;
  L.Number = sizeOf(T);
  TermId Id = typed(L, T);
  if (const auto *F = dyn_cast_or_null<FieldDecl>(Field); F && F->isBitField())
    Out.Terms[Id].Width = F->getBitWidthValue(Context) <= 8 ? 1 : Out.Terms[Id].Width;
  if (const auto *F = dyn_cast_or_null<FieldDecl>(Field); F && F->getIdentifier()) {
    EntityId Entity = Tables.Entities.of(F);
    const Behaviour *More = Into.Entities[Entity].More;
    if (More && (More->Prevalidated || More->UserSize || More->ResetBy || More->FromUser))
      Out.Terms[Id].Field = Entity;
  }
  return Id;
}

std::optional<int64_t> UserTerms::number(const Expr *E) const {
  Expr::EvalResult Result;
  if (E->isValueDependent() || !E->getType()->isIntegralOrEnumerationType() ||
      !E->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects) || !Result.Val.isInt())
    return std::nullopt;
  return inBits(Result.Val.getInt());
}

TermId UserTerms::addressOf(const VarDecl *V) {
  auto [It, New] = Variables.try_emplace(V->getCanonicalDecl(), Out.Variables.size());
  if (New) {
    UserVariable Is{V->getName(), sizeOf(V->getType()), std::nullopt, V->hasLocalStorage()};
    const auto *P = dyn_cast<ParmVarDecl>(V);
    if (P && P->getDeclContext() == Function)
      Is.Parameter = P->getFunctionScopeIndex();
    Out.Variables.push_back(Is);
  }
  Term T;
  T.Is = Term::Object;
  T.Number = It->second;
  return make(T);
}

TermId UserTerms::addressOf(const Expr *E) {
  E = E->IgnoreParens();
  switch (E->getStmtClass()) {
  case Stmt::DeclRefExprClass:
    if (const auto *V = dyn_cast<VarDecl>(cast<DeclRefExpr>(E)->getDecl()))
      return addressOf(V);
    return unknown(cast<DeclRefExpr>(E)->getDecl());
  case Stmt::MemberExprClass: {
    const auto *M = cast<MemberExpr>(E);
    const auto *F = dyn_cast<FieldDecl>(M->getMemberDecl());
    if (!F || (!M->isArrow() && !M->getBase()->isGLValue()))
      return unknown(E);
    TermId Base = M->isArrow() ? of(M->getBase()) : addressOf(M->getBase());
    return offset(Base, Context.toCharUnitsFromBits(Context.getFieldOffset(F)).getQuantity());
  }
  case Stmt::ArraySubscriptExprClass: {
    const auto *A = cast<ArraySubscriptExpr>(E);
    return sum(A->getBase(), A->getIdx(), E->getType(), false);
  }
  case Stmt::UnaryOperatorClass:
    if (cast<UnaryOperator>(E)->getOpcode() == UO_Deref)
      return of(cast<UnaryOperator>(E)->getSubExpr());
    if (cast<UnaryOperator>(E)->getOpcode() == UO_Extension)
      return addressOf(cast<UnaryOperator>(E)->getSubExpr());
    return unknown(E);
  case Stmt::OpaqueValueExprClass:
    return addressOf(cast<OpaqueValueExpr>(E)->getSourceExpr());
  case Stmt::ChooseExprClass:
    return addressOf(cast<ChooseExpr>(E)->getChosenSubExpr());
  case Stmt::GenericSelectionExprClass:
    return addressOf(cast<GenericSelectionExpr>(E)->getResultExpr());
  default:
    return unknown(E);
  }
}

/// `p + n` and `p[n]`, in elements of T.
TermId UserTerms::sum(const Expr *Base, const Expr *Index, QualType T, bool Minus) {
  TermId At = of(Base);
  int64_t Scale = std::max<int64_t>(sizeOf(T), 1);
  return moved(At, of(Index), Minus ? -Scale : Scale);
}

int64_t UserTerms::stepOf(QualType T) const {
  return T->isPointerType() ? std::max<int64_t>(sizeOf(T->getPointeeType()), 1) : 1;
}

/// A constant number of something is so many of it added to nothing.
TermId UserTerms::times(TermId A, TermId B) {
  if (Out.Terms[A].Is == Term::Constant)
    std::swap(A, B);
  return Out.Terms[B].Is == Term::Constant ? moved(constant(0), A, Out.Terms[B].Number)
                                           : combine(Term::Combine, A, B);
}

/// How many bytes an unsigned sum is computed in; 0 for anything else.
static unsigned widthOfSum(const Expr *E, const ASTContext &Context) {
  E = E->IgnoreParenImpCasts();
  const auto *B = dyn_cast<BinaryOperator>(E);
  if (!B || B->getOpcode() != BO_Add || !E->getType()->isUnsignedIntegerType())
    return 0;
  const int64_t Width = Context.getTypeSizeInChars(E->getType()).getQuantity();
  return Width <= 8 ? Width : 0;
}

TermId UserTerms::less(const Expr *L, const Expr *R, bool OrEqual) {
  Term T;
  T.Is = Term::Less;
  T.A = of(L);
  T.B = of(R);
  T.IsUnsigned = !L->getType()->isSignedIntegerType();
  // Compared in another way, it is another question.
  T.Number =
      OrEqual | T.IsUnsigned << 1 | widthOfSum(L, Context) << 2 | widthOfSum(R, Context) << 6;
  return make(T);
}

/// `offsetof(struct s, a[n])`.
TermId UserTerms::ofOffsetOf(const OffsetOfExpr *E) {
  if (std::optional<int64_t> N = number(E))
    return constant(*N);
  int64_t Fixed = 0;
  TermId Sum = constant(0);
  QualType In = E->getTypeSourceInfo()->getType();
  for (unsigned I = 0; I < E->getNumComponents(); ++I) {
    const OffsetOfNode &Part = E->getComponent(I);
    if (Part.getKind() == OffsetOfNode::Field) {
      Fixed += Context.toCharUnitsFromBits(Context.getFieldOffset(Part.getField())).getQuantity();
      In = Part.getField()->getType();
    } else if (const ArrayType *A =
                   Part.getKind() == OffsetOfNode::Array ? Context.getAsArrayType(In) : nullptr) {
      In = A->getElementType();
      Sum = moved(Sum, of(E->getIndexExpr(Part.getArrayExprIndex())),
                  std::max<int64_t>(sizeOf(In), 1));
    } else {
      return unknown(E);
    }
  }
  return offset(Sum, Fixed);
}

TermId UserTerms::moved(TermId Base, TermId Steps, int64_t Scale) {
  if (Out.Terms[Steps].Is == Term::Constant)
    if (std::optional<int64_t> Bytes = llvm::checkedMul(Scale, Out.Terms[Steps].Number))
      return offset(Base, *Bytes);
  Term Sum;
  Sum.Is = Term::Index;
  Sum.A = Base;
  Sum.B = Steps;
  Sum.Number = Scale;
  return make(Sum);
}

/// What is read where an expression names a place.
TermId UserTerms::loadFrom(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (auto Found = Bound.find(Ref->getDecl()); Found != Bound.end())
      return Found->second;
    if (std::optional<int64_t> N = Ref->getType().isConstQualified() ? number(E) : std::nullopt)
      return constant(*N);
    const auto *P = dyn_cast<ParmVarDecl>(Ref->getDecl());
    if (P && P->getDeclContext() == Function && !isChanged(P))
      return parameter(P);
  }
  const auto *M = dyn_cast<MemberExpr>(E);
  const auto *Array = dyn_cast<ArraySubscriptExpr>(E);
  // An element of an array that is a field is the field.
  if (Array)
    M = dyn_cast<MemberExpr>(Array->getBase()->IgnoreParenImpCasts());
  return load(addressOf(E), E->getType(), M ? M->getMemberDecl() : nullptr);
}

/// Each is computed once: what contains it asks again, and so do the elements of the flow.
TermId UserTerms::of(const Expr *E) {
  E = E->IgnoreParens();
  if (Inlined)
    return Spend.step() ? ofWhole(E) : unknown(E); // what it stands for hangs on the call
  if (auto Found = Made.find(E); Found != Made.end())
    return Found->second;
  const bool WasEarly = std::exchange(IsEarly, false);
  TermId Id;
  // A sum of many terms is as deep as it is long; see FactCollector.
  if (++Depth % 128 == 0)
    runWithSufficientStackSpace([] {}, [&] { Id = ofWhole(E); });
  else
    Id = ofWhole(E);
  --Depth;
  if (!IsEarly)
    Made[E] = Id;
  IsEarly |= WasEarly;
  return Id;
}

TermId UserTerms::ofWhole(const Expr *E) {
  if (!HasModelledMacros || Inlined || !hasOwnFrame(E))
    return ofPlain(E);
  MacroFrames::NodeFrame Frame = Tables.Frames.of(E);
  if (!Frame.Known || !Frame.Modelled)
    return ofPlain(E);
  // The outermost expansion that a model has something to say about.
  CallId Outermost = NoCall;
  for (const MacroFrame *At = Frame.Modelled; At; At = At->Outer ? At->Outer->Modelled : nullptr) {
    auto Found = Tables.Sites.OfExpansion.find({At, Function});
    if (Found != Tables.Sites.OfExpansion.end() && At->Known && At->Known->touchesUserPointers())
      Outermost = Found->second;
  }
  if (Outermost == NoCall)
    return Frame.Opaque ? unknown(E) : ofPlain(E);
  return resultOf(callOf(Outermost), E->getType());
}

TermId UserTerms::ofPlain(const Expr *E) {
  switch (E->getStmtClass()) {
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
    return ofCast(cast<CastExpr>(E));
  case Stmt::ConstantExprClass:
  case Stmt::IntegerLiteralClass:
  case Stmt::CharacterLiteralClass:
  case Stmt::UnaryExprOrTypeTraitExprClass: {
    std::optional<int64_t> N = number(E);
    return N ? constant(*N) : unknown(E);
  }
  case Stmt::OffsetOfExprClass:
    return ofOffsetOf(cast<OffsetOfExpr>(E));
  case Stmt::DeclRefExprClass:
    if (std::optional<int64_t> N =
            isa<EnumConstantDecl>(cast<DeclRefExpr>(E)->getDecl()) ? number(E) : std::nullopt)
      return constant(*N);
    return E->getType()->isArrayType() ? addressOf(E) : loadFrom(E);
  case Stmt::MemberExprClass:
  case Stmt::ArraySubscriptExprClass:
    return E->getType()->isArrayType() ? addressOf(E) : loadFrom(E);
  case Stmt::UnaryOperatorClass:
    return ofUnary(cast<UnaryOperator>(E));
  case Stmt::BinaryOperatorClass:
    return ofBinary(cast<BinaryOperator>(E));
  case Stmt::CompoundAssignOperatorClass:
    return loadFrom(cast<BinaryOperator>(E)->getLHS());
  case Stmt::ConditionalOperatorClass: {
    const auto *C = cast<ConditionalOperator>(E);
    return select(of(C->getCond()), of(C->getTrueExpr()), of(C->getFalseExpr()));
  }
  case Stmt::BinaryConditionalOperatorClass: {
    const auto *C = cast<BinaryConditionalOperator>(E);
    TermId Common = of(C->getCommon());
    return select(Common, Common, of(C->getFalseExpr()));
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
    return unknown(E);
  }
  case Stmt::CallExprClass:
    return ofCall(cast<CallExpr>(E));
  default:
    return unknown(E);
  }
}

TermId UserTerms::ofCast(const CastExpr *C) {
  const Expr *Sub = C->getSubExpr();
  switch (C->getCastKind()) {
  case CK_LValueToRValue:
    return loadFrom(Sub);
  case CK_ArrayToPointerDecay:
    return addressOf(Sub);
  case CK_NullToPointer:
    return constant(0);
  case CK_FunctionToPointerDecay:
  case CK_ToVoid:
    return unknown(C);
  default:
    return of(Sub);
  }
}

TermId UserTerms::ofUnary(const UnaryOperator *U) {
  switch (U->getOpcode()) {
  case UO_LNot:
    return combine(Term::Not, of(U->getSubExpr()), NoTerm);
  case UO_AddrOf:
    return addressOf(U->getSubExpr());
  case UO_Deref:
    return loadFrom(U);
  case UO_Extension:
  case UO_Plus:
    return of(U->getSubExpr());
  case UO_PreInc:
  case UO_PreDec:
  case UO_PostInc:
  case UO_PostDec: {
    // The argument of a macro is asked for when the macro is met, before what is in it.
    const bool IsDone = Stepped.contains(U);
    IsEarly |= !IsDone;
    int64_t Step = U->isIncrementOp() ? stepOf(U->getType()) : -stepOf(U->getType());
    TermId Now = loadFrom(U->getSubExpr());
    return IsDone == U->isPrefix() ? Now : offset(Now, IsDone ? -Step : Step);
  }
  default:
    if (std::optional<int64_t> N = number(U))
      return constant(*N);
    return combine(Term::Combine, of(U->getSubExpr()), NoTerm);
  }
}

TermId UserTerms::computed(BinaryOperatorKind Op, TermId Left, TermId Right) {
  switch (Op) {
  case BO_And:
  case BO_Rem:
    return combine(Term::Bits, Left, Right);
  case BO_Mul:
    return times(Left, Right);
  case BO_Shl:
    if (const Term &By = Out.Terms[Right];
        By.Is == Term::Constant && By.Number >= 0 && By.Number < 32)
      return times(Left, constant(int64_t(1) << By.Number));
    break;
  default:
    break;
  }
  return combine(Term::Combine, Left, Right);
}

TermId UserTerms::ofBinary(const BinaryOperator *B) {
  const Expr *L = B->getLHS(), *R = B->getRHS();
  switch (B->getOpcode()) {
  case BO_LT:
  case BO_LE:
    return less(L, R, B->getOpcode() == BO_LE);
  case BO_GT:
  case BO_GE:
    return less(R, L, B->getOpcode() == BO_GE);
  case BO_EQ:
    return combine(Term::Equal, of(L), of(R));
  case BO_NE:
    return combine(Term::Not, combine(Term::Equal, of(L), of(R)), NoTerm);
  case BO_Comma:
  case BO_Assign:
    return of(R);
  case BO_LAnd: // a ? b : 0
    return select(of(L), of(R), constant(0));
  case BO_LOr: // a ? 1 : b
    return select(of(L), constant(1), of(R));
  case BO_And:
  case BO_Rem:
  case BO_Add:
  case BO_Sub:
    break;
  default: {
    TermId Left = of(L), Right = of(R);
    bool Constants = Out.Terms[Left].Is == Term::Constant && Out.Terms[Right].Is == Term::Constant;
    if (std::optional<int64_t> N = Constants ? number(B) : std::nullopt)
      return constant(*N);
    return computed(B->getOpcode(), Left, Right);
  }
  }
  if (B->isAdditiveOp()) {
    bool Minus = B->getOpcode() == BO_Sub;
    if (L->getType()->isPointerType() && R->getType()->isPointerType())
      return combine(Term::Combine, of(L), of(R));
    if (L->getType()->isPointerType())
      return sum(L, R, L->getType()->getPointeeType(), Minus);
    if (R->getType()->isPointerType())
      return sum(R, L, R->getType()->getPointeeType(), Minus);
    TermId Left = of(L), Right = of(R);
    // The constant is what is added, wherever it stands.
    if (Out.Terms[Left].Is == Term::Constant && !Minus)
      std::swap(Left, Right);
    return moved(Left, Right, Minus ? -1 : 1);
  }
  TermId Left = of(L), Right = of(R);
  if (Out.Terms[Left].Is == Term::Constant && Out.Terms[Right].Is == Term::Constant)
    if (std::optional<int64_t> N = number(B))
      return constant(*N);
  return computed(B->getOpcode(), Left, Right);
}

TermId UserTerms::ofCall(const CallExpr *C) {
  const FunctionDecl *F = C->getDirectCallee();
  if (!F)
    return Inlined ? unknown(C) : resultOf(callOf(C), C->getType());
  if (unsigned Builtin = F->getBuiltinID()) {
    if (Builtin == Builtin::BI__builtin_expect ||
        Builtin == Builtin::BI__builtin_expect_with_probability)
      return of(C->getArg(0));
    if (std::optional<int64_t> N = number(C))
      return constant(*N);
  }
  const Entity &Callee = Into.Entities[Tables.Entities.of(F)];
  constexpr unsigned MaxInlined = 3;
  bool Plain = !Callee.Opaque && !(Callee.More && Callee.More->User);
  const Expr *Body = Plain && Inlined < MaxInlined ? onlyReturns(F) : nullptr;
  if (Body && F->getDefinition()->getNumParams() == C->getNumArgs()) {
    llvm::SmallVector<TermId, 4> Arguments;
    for (const Expr *Argument : C->arguments())
      Arguments.push_back(of(Argument));
    auto Before = Bound;
    for (unsigned I = 0; I < Arguments.size(); ++I)
      Bound[F->getDefinition()->getParamDecl(I)] = Arguments[I];
    if (!Inlined)
      MeetsUser = false;
    ++Inlined;
    TermId Result = of(Body);
    --Inlined;
    Bound = std::move(Before);
    // What it reads through calls and variables of its own is of this call; and what
    // a model says of somebody in it, the analysis asks of the function.
    if (Out.Terms[Result].Is != Term::Unknown && (Inlined || !MeetsUser))
      return Result;
  }
  if (Inlined) {
    MeetsUser |= (Callee.More && Callee.More->User) || Tables.User.isPointer(F->getReturnType());
    // It stands for its arguments.
    TermId All = unknown(C->getCallee());
    for (const Expr *Argument : C->arguments())
      All = combine(Term::Combine, All, of(Argument));
    return All;
  }
  return resultOf(callOf(C), C->getType());
}

uint32_t UserTerms::callOf(const CallExpr *C) {
  auto Found = Calls.find(C);
  if (Found != Calls.end())
    return Found->second;
  UserCall Is;
  auto Sites = Tables.Sites.OfExpr.find(C);
  if (Sites != Tables.Sites.OfExpr.end() && !Sites->second.empty()) {
    Is.Made = Sites->second.front();
    Is.Callee = Into.Calls[Is.Made].Callee;
  }
  for (const Expr *Argument : C->arguments())
    Is.Arguments.push_back(of(Argument));
  Is.ReturnsUser = C->getDirectCallee() && Tables.User.isPointer(C->getType());
  Out.Calls.push_back(std::move(Is));
  return Calls[C] = Out.Calls.size() - 1;
}

uint32_t UserTerms::callOf(CallId Expansion) {
  auto [It, New] = Expansions.try_emplace(Expansion, Out.Calls.size());
  if (New)
    Out.Calls.push_back({Expansion, Into.Calls[Expansion].Callee, {}, false, false});
  return It->second;
}

TermId UserTerms::resultOf(uint32_t Call, QualType Type) {
  Term T;
  T.Is = Term::Result;
  T.Number = Call;
  return typed(T, Type);
}

uint64_t UserTerms::roomAt(TermId Address) const {
  const Term *T = &Out.Terms[Address];
  int64_t Offset = T->Is == Term::Offset ? T->Number : 0; // one for all, see offset()
  if (T->Is == Term::Offset)
    T = &Out.Terms[T->A];
  if (T->Is != Term::Object)
    return 0;
  uint64_t Size = Out.Variables[T->Number].Size;
  return Offset >= 0 && uint64_t(Offset) <= Size ? Size - Offset : 0;
}

} // namespace airlock
