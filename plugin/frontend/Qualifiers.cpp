// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Qualifiers.h"
#include "frontend/Attributes.h"
#include "frontend/ClangSourceMap.h"
#include "frontend/ClangVersions.h"
#include "frontend/ExprTools.h"
#include "frontend/Locations.h"
#include "frontend/MacroRecorder.h"
#include "frontend/TypeWalk.h"
#include "model/Model.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace airlock {

Qualifiers::Qualifiers(ASTContext &Context, const AttributeTable &Attributes, const Model &M,
                       const MacroRecorder &Macros)
    : Context(Context), Attributes(Attributes), M(M), Macros(Macros) {}

void Qualifiers::addSpelling(const Decl *D, const QualifierModel &Means, SourceLocation At) {
  BySpelling[D].push_back({&Means, At});
}

static void addOrigin(Carried &Into, unsigned Context, SourceLocation At, llvm::StringRef Model) {
  if (llvm::none_of(Into.Origins, [&](const QualifierOrigin &O) { return O.Context == Context; }))
    Into.Origins.push_back({Context, toLocation(At), Model});
}

void Qualifiers::mergeModel(Carried &Into, const QualifierModel &Means, SourceLocation At) {
  Into.Needs |= Means.InContext.Value;
  Into.Entry |= Means.ContextEntry.Value;
  Into.Excludes |= Means.NotInContext.Value;
  for (const Given<ContextSet> *Says : {&Means.InContext, &Means.NotInContext})
    Says->Value.forEach([&](unsigned Context) { addOrigin(Into, Context, At, Says->Origin); });
}

/// What is written on this one declaration.
void Qualifiers::merge(Carried &Into, const Decl *D) {
  for (const Attribute &A : Attributes.of(D)) {
    if (A.Kind == AttributeKind::InContext) {
      Into.Needs.insert(A.Context);
      addOrigin(Into, A.Context, A.At, "");
    } else if (A.Kind == AttributeKind::ContextEntry) {
      Into.Entry.insert(A.Context);
    }
  }
  if (!M.Annotate.empty() && D->hasAttrs())
    for (const auto *A : D->specific_attrs<AnnotateAttr>()) {
      auto Found = M.Annotate.find(A->getAnnotation());
      if (Found != M.Annotate.end())
        mergeModel(Into, Found->second, Context.getSourceManager().getFileLoc(A->getLoc()));
    }
  auto Spelled = BySpelling.find(D);
  if (Spelled != BySpelling.end())
    for (const auto &S : Spelled->second)
      mergeModel(Into, *S.Means, S.At);
}

/// The function that D is a parameter of; null for anything else, and for a
/// parameter of a function pointer.
static const FunctionDecl *functionOfParameter(const Decl *D) {
  return isa<ParmVarDecl>(D) ? dyn_cast<FunctionDecl>(D->getDeclContext()) : nullptr;
}

llvm::SmallVector<const Decl *, 2> redeclarationsOf(const Decl *D) {
  const FunctionDecl *F = functionOfParameter(D);
  if (!F)
    return {D->redecls_begin(), D->redecls_end()};
  llvm::SmallVector<const Decl *, 2> Result;
  unsigned Index = cast<ParmVarDecl>(D)->getFunctionScopeIndex();
  for (const FunctionDecl *R : F->redecls())
    if (Index < R->getNumParams())
      Result.push_back(R->getParamDecl(Index));
  return Result;
}

const Decl *canonicalOf(const Decl *D) {
  if (const FunctionDecl *F = functionOfParameter(D)) {
    unsigned Index = cast<ParmVarDecl>(D)->getFunctionScopeIndex();
    if (Index < F->getCanonicalDecl()->getNumParams())
      return F->getCanonicalDecl()->getParamDecl(Index);
  }
  return D->getCanonicalDecl();
}

bool isSyncBuiltin(const CallExpr *C, const ASTContext &Context) {
  unsigned Builtin = C->getBuiltinCallee();
  return Builtin && C->getNumArgs() &&
         llvm::StringRef(Context.BuiltinInfo.getName(Builtin)).starts_with("__sync_");
}

const FunctionModel *modelOf(const FunctionDecl *F, const MacroRecorder &Macros) {
  const IdentifierInfo *Name = F->getIdentifier();
  if (!Name)
    return nullptr;
  const FunctionDecl *Body = F->getDefinition();
  if (Macros.model().keysOfFiles(Name->getName()).empty() || !Body || F->isExternallyVisible())
    return Macros.modelOf(Name);
  const SourceManager &SM = F->getASTContext().getSourceManager();
  return Macros.model().functionOfFile(Name->getName(),
                                       fileNameAt(SM.getFileLoc(Body->getLocation()), SM));
}

Carried Qualifiers::compute(const Decl *D) {
  Carried Result;
  QualType T;
  for (const Decl *R : redeclarationsOf(D))
    merge(Result, R);
  if (const auto *V = dyn_cast<ValueDecl>(D))
    T = V->getType();
  else if (const auto *TD = dyn_cast<TypedefNameDecl>(D))
    T = TD->getUnderlyingType();

  if (const auto *F = dyn_cast<FunctionDecl>(D))
    if (const FunctionModel *Known = modelOf(F, Macros))
      mergeModel(Result, *Known, SourceLocation());

  if (T.isNull() || !hasFunctionCore(T))
    return Result;
  // `__auto_type p = f` carries what f does: the deduced type alone forgets it.
  const auto *V = dyn_cast<VarDecl>(D);
  if (V && T->getContainedAutoType() && V->getInit()) {
    SmallVector<PointerSource, 2> From;
    sources(V->getInit(), Context, From);
    for (const PointerSource &S : From)
      Result.Needs |= of(S);
  }
  // The qualifier that a type brings is declared where the type is.
  Result.Needs |= of(T);
  return Result;
}

Carried Qualifiers::of(const Decl *D) {
  const Decl *Key = canonicalOf(D);
  // An entry from the start, so that a declaration that mentions itself ends.
  if (!ByDecl.try_emplace(Key).second)
    return ByDecl.find(Key)->second;
  Carried Result = compute(Key);
  return ByDecl[Key] = Result;
}

ContextSet Qualifiers::of(QualType T) {
  ContextSet Result;
  if (T.isNull() || !hasFunctionCore(T))
    return Result;
  const Type *Start = T.getTypePtr();
  auto Known = ByType.find(Start);
  if (Known != ByType.end())
    return Known->second;
  Result = walk(T, /*ThroughTypeof=*/true);
  return ByType[Start] = Result;
}

ContextSet Qualifiers::walk(QualType T, bool ThroughTypeof) {
  ContextSet Result;
  while (true) {
    if (const auto *TT = dyn_cast<TypedefType>(T))
      Result |= of(TT->getDecl()).Needs;
    else if (const auto *TO = dyn_cast<TypeOfExprType>(T); TO && ThroughTypeof) {
      SmallVector<PointerSource, 2> From;
      sources(TO->getUnderlyingExpr(), Context, From);
      for (const PointerSource &S : From)
        Result |= of(S);
    } else if (const auto *Tag = dyn_cast<BTFTagAttributedType>(T)) {
      auto Found = M.TypeTag.find(Tag->getAttr()->getBTFTypeTag());
      if (Found != M.TypeTag.end())
        Result |= Found->second.InContext.Value;
    }
    // A typedef has been asked whole; anything else is taken off one at a time.
    QualType Next =
        isa<TypedefType>(T) ? T.getCanonicalType() : T.getSingleStepDesugaredType(Context);
    if (Next != T) {
      T = Next;
      continue;
    }
    if (const auto *P = dyn_cast<PointerType>(T))
      T = P->getPointeeType();
    else if (const auto *A = dyn_cast<ArrayType>(T))
      T = A->getElementType();
    else if (const auto *Atomic = dyn_cast<AtomicType>(T))
      T = Atomic->getValueType();
    else
      return Result;
  }
}

ContextSet Qualifiers::ofCast(const CStyleCastExpr *C) {
  TypeSourceInfo *Written = C->getTypeInfoAsWritten();
  ContextSet Result = of(Written->getType());
  if (!Result.empty() && Macros.isForced({C->getLParenLoc(), C->getRParenLoc()},
                                         Written->getTypeLoc().getSourceRange()))
    return walk(Written->getType(), /*ThroughTypeof=*/false);
  return Result;
}

ContextSet Qualifiers::of(const PointerSource &S) {
  if (S.Declaration)
    return of(S.Declaration).Needs;
  if (const auto *Cast = dyn_cast<CStyleCastExpr>(S.Leaf))
    return ofCast(Cast);
  return of(S.Leaf->getType());
}

const ValueDecl *Qualifiers::declarationBehind(const PointerSource &S) {
  const auto *Cast = dyn_cast<CStyleCastExpr>(S.Leaf);
  if (S.Declaration || !Cast)
    return S.Declaration;
  SmallVector<PointerSource, 1> Behind;
  sources(Cast->getSubExpr(), Context, Behind);
  return Behind.size() == 1 && of(Behind.front()) == ofCast(Cast)
             ? declarationBehind(Behind.front())
             : nullptr;
}

void Qualifiers::sources(const Expr *E, const ASTContext &Context,
                         SmallVectorImpl<PointerSource> &Into) {
  while (true) {
    if (const Expr *Inner = valueWithin(E)) {
      E = Inner;
      continue;
    }
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E)) {
      if (Cast->getCastKind() == CK_PointerToBoolean)
        return;
      E = Cast->getSubExpr();
      continue;
    }
    if (const auto *U = dyn_cast<UnaryOperator>(E)) {
      switch (U->getOpcode()) {
      case UO_AddrOf:
      case UO_Deref:
      case UO_PreInc:
      case UO_PreDec:
      case UO_PostInc:
      case UO_PostDec:
        E = U->getSubExpr();
        continue;
      default:
        return;
      }
    }
    if (const auto *B = dyn_cast<BinaryOperator>(E)) {
      if (B->isAssignmentOp())
        E = B->getLHS();
      else if (B->isAdditiveOp() && !B->getLHS()->getType()->isPointerType() &&
               B->getRHS()->getType()->isPointerType())
        E = B->getRHS();
      else if (B->isAdditiveOp() && B->getType()->isPointerType())
        E = B->getLHS();
      else
        return;
      continue;
    }
    if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
      sources(C->getTrueExpr(), Context, Into);
      E = C->getFalseExpr();
      continue;
    }
    if (const auto *C = dyn_cast<BinaryConditionalOperator>(E)) {
      sources(C->getCommon(), Context, Into);
      E = C->getFalseExpr();
      continue;
    }
    if (const auto *A = dyn_cast<ArraySubscriptExpr>(E)) {
      E = A->getBase();
      continue;
    }
    if (const auto *Call = dyn_cast<CallExpr>(E); Call && isSyncBuiltin(Call, Context)) {
      E = Call->getArg(0);
      continue;
    }
    if (const auto *A = dyn_cast<AtomicExpr>(E)) {
      E = A->getPtr(); // what is loaded or exchanged is what the pointer points to
      continue;
    }
    break;
  }
  const ValueDecl *D = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    D = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(E))
    D = Member->getMemberDecl();
  if (hasFunctionCore(E->getType()))
    Into.push_back({E, D});
}

/// Goes down through pointers, arrays, typedefs and typeof to the function.
static FunctionTypeLoc functionIn(TypeLoc L) {
  while (L) {
    if (auto F = L.getAs<FunctionTypeLoc>())
      return F;
    if (auto P = L.getAs<PointerTypeLoc>())
      L = P.getPointeeLoc();
    else if (auto A = L.getAs<ArrayTypeLoc>())
      L = A.getElementLoc();
    else if (auto Atomic = L.getAs<AtomicTypeLoc>())
      L = Atomic.getValueLoc();
    else if (auto TT = L.getAs<TypedefTypeLoc>())
      L = declarationOf(TT)->getTypeSourceInfo()->getTypeLoc();
    else if (auto TO = L.getAs<TypeOfExprTypeLoc>()) {
      const Expr *E = TO.getUnderlyingExpr()->IgnoreParenImpCasts();
      if (const auto *U = dyn_cast<UnaryOperator>(E))
        E = U->getSubExpr()->IgnoreParenImpCasts();
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *Member = dyn_cast<MemberExpr>(E);
      const auto *D = dyn_cast_or_null<DeclaratorDecl>(Ref      ? Ref->getDecl()
                                                       : Member ? Member->getMemberDecl()
                                                                : nullptr);
      L = D && D->getTypeSourceInfo() ? D->getTypeSourceInfo()->getTypeLoc() : TypeLoc();
    } else
      L = L.getNextTypeLoc();
  }
  return FunctionTypeLoc();
}

FunctionTypeLoc Qualifiers::prototypeOf(const PointerSource &Callee) {
  if (const auto *D = dyn_cast_or_null<DeclaratorDecl>(Callee.Declaration))
    return D->getTypeSourceInfo() ? functionIn(D->getTypeSourceInfo()->getTypeLoc())
                                  : FunctionTypeLoc();
  const Expr *E = Callee.Leaf;
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return functionIn(Cast->getTypeInfoAsWritten()->getTypeLoc());
  if (const auto *TT = E->getType()->getAs<TypedefType>())
    return functionIn(TT->getDecl()->getTypeSourceInfo()->getTypeLoc());
  return FunctionTypeLoc();
}

} // namespace airlock
