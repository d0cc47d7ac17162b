// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/UserTypes.h"
#include "frontend/ClangVersions.h"
#include "frontend/ExprTools.h"
#include "clang/AST/Attr.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

bool UserTypes::any() {
  if (!Any)
    Any = llvm::any_of(Context.getTypes(), [](const Type *T) {
      const auto *Tagged = dyn_cast<BTFTagAttributedType>(T);
      return Tagged && Tagged->getAttr()->getBTFTypeTag() == "user";
    });
  return *Any;
}

/// `struct s { ... } __user *p`: behind the brace Clang takes the tag for one of the
/// struct's own attributes, where it means nothing and is dropped.
static bool isMarkedBehind(const TagDecl *D, const ASTContext &Context) {
  const SourceManager &SM = Context.getSourceManager();
  SourceLocation At = D->getBraceRange().getEnd();
  while (At.isFileID() && At.isValid()) {
    std::optional<Token> Next = Lexer::findNextToken(At, SM, Context.getLangOpts());
    if (!Next || Next->isNot(tok::raw_identifier))
      return false;
    llvm::StringRef Name = Next->getRawIdentifier();
    if (Name == "__user")
      return true;
    if (Name != "const" && Name != "volatile")
      return false;
    At = Next->getLocation();
  }
  return false;
}

UserTypes::Mask UserTypes::compute(QualType T) {
  unsigned Levels = 0;
  for (unsigned Level = 0; Level <= MaxLevel;) {
    if (const auto *Tagged = dyn_cast<BTFTagAttributedType>(T.getTypePtr())) {
      if (Tagged->getAttr()->getBTFTypeTag() == "user")
        Levels |= 1U << Level;
    } else if (const auto *Typeof = dyn_cast<TypeOfExprType>(T.getTypePtr())) {
      // `typeof(*p)` is what p points to, but not where; as sparse has it.
      const Expr *E = Typeof->getUnderlyingExpr();
      Levels |= unsigned(E->isLValue() ? ofObject(E) : of(E)) << (Level + 1);
      break;
    } else if (const TagDecl *D = ownedTag(T.getTypePtr()); D && isMarkedBehind(D, Context)) {
      Levels |= 1U << Level;
    }
    QualType Next = T.getSingleStepDesugaredType(Context);
    if (Next != T) {
      T = Next;
    } else if (const auto *P = dyn_cast<PointerType>(T.getTypePtr())) {
      T = P->getPointeeType();
      ++Level;
    } else if (const auto *A = dyn_cast<ArrayType>(T.getTypePtr())) {
      T = A->getElementType();
    } else if (const auto *Atomic = dyn_cast<AtomicType>(T.getTypePtr())) {
      T = Atomic->getValueType();
    } else {
      break;
    }
  }
  return Levels;
}

UserTypes::Mask UserTypes::maskOf(QualType T) {
  const Type *Key = T.getTypePtr();
  if (!Key->isPointerType() && !Key->isArrayType() && !Key->isAtomicType())
    return 0;
  auto Known = ByType.find(Key);
  if (Known != ByType.end())
    return Known->second;
  Mask Result = compute(QualType(Key, 0));
  return ByType[Key] = Result;
}

UserLevels UserTypes::of(QualType T) {
  return maskOf(T) >> 1; // where an object is, its value does not have
}

UserLevels UserTypes::of(const ValueDecl *D) {
  // `__auto_type q = p` is what p is: the deduced type alone may forget it.
  const auto *V = dyn_cast<VarDecl>(D);
  if (V && V->getInit() && V->getType()->getContainedAutoType())
    return of(V->getInit());
  Mask Levels = maskOf(D->getType());
  // Nothing can be declared in user memory: `struct s a, __user *b` says it of what `b`
  // leads to, and Clang reads it as said of `b`.
  if (Levels & 1) {
    unsigned Depth = 0;
    for (QualType T = D->getType(); T->isPointerType() && Depth < MaxLevel; T = T->getPointeeType())
      ++Depth;
    Levels |= 1U << Depth;
  }
  return Levels >> 1;
}

UserLevels UserTypes::ofAddress(const Expr *Place) {
  return unsigned(ofObject(Place)) << 1 | unsigned(isPlace(Place));
}

UserLevels UserTypes::ofCast(const CastExpr *C) {
  if (const auto *Written = dyn_cast<ExplicitCastExpr>(C))
    return of(Written->getTypeAsWritten());
  switch (C->getCastKind()) {
  case CK_LValueToRValue:
    return ofObject(C->getSubExpr());
  case CK_ArrayToPointerDecay:
    return ofAddress(C->getSubExpr());
  case CK_FunctionToPointerDecay:
    return isPlace(C->getSubExpr());
  default:
    return of(C->getSubExpr());
  }
}

/// A long chain of choices is asked about at each of its ends.
UserLevels UserTypes::ofChoice(const AbstractConditionalOperator *C) {
  llvm::SmallVector<const AbstractConditionalOperator *, 4> Chain;
  UserLevels Levels = 0;
  while (true) {
    auto Known = ByChoice.find(C);
    if (Known != ByChoice.end()) {
      Levels = Known->second;
      break;
    }
    Chain.push_back(C);
    const Expr *Rest = C->getFalseExpr()->IgnoreParenImpCasts();
    C = dyn_cast<AbstractConditionalOperator>(Rest);
    if (!C) {
      Levels = of(Chain.back()->getFalseExpr());
      break;
    }
  }
  for (const AbstractConditionalOperator *Outer : llvm::reverse(Chain)) {
    const auto *Short = dyn_cast<BinaryConditionalOperator>(Outer);
    Levels |= of(Short ? Short->getCommon() : Outer->getTrueExpr());
    ByChoice[Outer] = Levels;
  }
  return Levels;
}

UserLevels UserTypes::of(const Expr *E) {
  while (true) {
    QualType T = E->getType();
    if (!T->isPointerType())
      return 0;
    if (const Expr *Inner = valueWithin(E)) {
      E = Inner;
      continue;
    }
    if (const auto *C = dyn_cast<CastExpr>(E))
      return ofCast(C);
    if (const auto *U = dyn_cast<UnaryOperator>(E)) {
      if (U->getOpcode() == UO_AddrOf)
        return ofAddress(U->getSubExpr());
      return U->isIncrementDecrementOp() ? ofObject(U->getSubExpr()) : of(T);
    }
    if (const auto *B = dyn_cast<BinaryOperator>(E)) {
      if (B->isAssignmentOp())
        return ofObject(B->getLHS());
      if (!B->isAdditiveOp())
        return of(T);
      E = B->getLHS()->getType()->isPointerType() ? B->getLHS() : B->getRHS();
      continue;
    }
    if (const auto *C = dyn_cast<AbstractConditionalOperator>(E))
      return ofChoice(C);
    return of(T);
  }
}

UserLevels UserTypes::ofObject(const Expr *Place) {
  while (const Expr *Inner = valueWithin(Place))
    Place = Inner;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Place))
    return of(Ref->getDecl());
  if (const auto *Member = dyn_cast<MemberExpr>(Place))
    return of(Member->getMemberDecl());
  if (const auto *U = dyn_cast<UnaryOperator>(Place); U && U->getOpcode() == UO_Deref)
    return of(U->getSubExpr()) >> 1;
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(Place))
    return of(A->getBase()) >> 1;
  return of(Place->getType());
}

bool UserTypes::isPlace(const Expr *Place) {
  while (true) {
    if (const Expr *Inner = valueWithin(Place)) {
      Place = Inner;
      continue;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(Place)) {
      if (Member->isArrow())
        return of(Member->getBase()) & 1;
      Place = Member->getBase();
      continue;
    }
    if (const auto *U = dyn_cast<UnaryOperator>(Place))
      return U->getOpcode() == UO_Deref && of(U->getSubExpr()) & 1;
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(Place))
      return of(A->getBase()) & 1;
    return false;
  }
}

const Expr *UserTypes::origin(const Expr *E) {
  // How many addresses were taken more than followed. The fields of `&p->a.b` are part
  // of where p points to; `p->a`, and `p->a[1]`, is what it finds there.
  int Taken = 0;
  while (true) {
    if (const Expr *Inner = valueWithin(E)) {
      E = Inner;
    } else if (const auto *Member = dyn_cast<MemberExpr>(E); Member && Taken > 0) {
      E = Member->getBase();
      Taken -= Member->isArrow();
    } else if (const auto *C = dyn_cast<CastExpr>(E)) {
      // What is declared is the other kind of pointer.
      if (isa<ExplicitCastExpr>(C) && (of(C) ^ of(C->getSubExpr())) & 1)
        return C;
      E = C->getSubExpr();
      Taken += C->getCastKind() == CK_ArrayToPointerDecay;
    } else if (const auto *U = dyn_cast<UnaryOperator>(E)) {
      E = U->getSubExpr();
      Taken += U->getOpcode() == UO_AddrOf;
      Taken -= U->getOpcode() == UO_Deref;
    } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
      E = A->getBase();
      --Taken;
    } else if (const auto *B = dyn_cast<BinaryOperator>(E)) {
      bool IsLeft = B->isAssignmentOp() || B->getLHS()->getType()->isPointerType();
      E = IsLeft ? B->getLHS() : B->getRHS();
    } else {
      return E;
    }
  }
}

} // namespace airlock
