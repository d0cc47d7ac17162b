// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/SpaceRecorder.h"
#include "frontend/ExprTools.h"
#include "model/Model.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace airlock {

static const Expr *stripImplicit(const Expr *E) {
  while (true) {
    if (const Expr *Inner = valueWithin(E))
      E = Inner;
    else if (const auto *C = dyn_cast<ImplicitCastExpr>(E))
      E = C->getSubExpr();
    else
      return E;
  }
}

static std::pair<const Expr *, const Expr *> armsOf(const AbstractConditionalOperator *C) {
  const auto *Short = dyn_cast<BinaryConditionalOperator>(C);
  return {Short ? Short->getCommon() : C->getTrueExpr(), C->getFalseExpr()};
}

/// What a pointer, or an array, is of.
static QualType pointeeOf(QualType T) {
  while (const auto *A = dyn_cast<ArrayType>(T.getTypePtr()))
    T = A->getElementType();
  const auto *P = dyn_cast<PointerType>(T.getTypePtr());
  return P ? P->getPointeeType() : QualType();
}

/// The pointer that leads to an object, and not to what it holds.
static const Expr *pointerTo(const Expr *Object) {
  while (true) {
    if (const Expr *Inner = valueWithin(Object)) {
      Object = Inner;
    } else if (const auto *Member = dyn_cast<MemberExpr>(Object)) {
      if (Member->isArrow())
        return Member->getBase();
      Object = Member->getBase();
    } else if (const auto *U = dyn_cast<UnaryOperator>(Object)) {
      return U->getSubExpr();
    } else {
      return cast<ArraySubscriptExpr>(Object)->getBase();
    }
  }
}

bool SpaceRecorder::isNull(const Expr *E) const {
  E = stripImplicit(E);
  while (const auto *C = dyn_cast<AbstractConditionalOperator>(E)) {
    auto [First, Second] = armsOf(C);
    if (!isNull(First))
      return false;
    E = stripImplicit(Second);
  }
  return E->isNullPointerConstant(Context, Expr::NPC_ValueDependentIsNotNull) != Expr::NPCK_NotNull;
}

EntityId SpaceRecorder::originOf(const Expr *E) {
  const Expr *From = User.origin(E);
  if (const auto *C = dyn_cast<CallExpr>(From))
    From = User.origin(C->getCallee());
  const ValueDecl *D = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(From))
    D = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(From))
    D = Member->getMemberDecl();
  // A number that becomes a pointer is declared as one nowhere.
  if (D && !D->getType()->isIntegerType())
    return Entities.of(D);
  return Entities.ofType(EntityKind::Value, E->getType(), E->getExprLoc());
}

void SpaceRecorder::add(SpaceChange New, const Expr *Pointer, SourceLocation At) {
  if (At.isMacroID() && !Noted.insert({New.Is, Macros.places().inFile(At).getRawEncoding()}).second)
    return;
  const Expr *Written = stripImplicit(Pointer);
  constexpr size_t MaxText = 60;
  New.In = Here.In;
  New.Allow = Here.Allowed;
  New.At = toLocation(At);
  New.From = originOf(Pointer);
  if (!isInMacroBody(Written->getBeginLoc(), SM))
    New.Text = textOf(Written, SM, Context.getLangOpts(), Into.Strings);
  if (New.Text.empty() || New.Text.size() > MaxText)
    New.Text = Into.Entities[New.From].Name;
  Into.SpaceChanges.push_back(New);
}

void SpaceRecorder::recordAccess(SpaceChange::Kind Is, const Expr *Object) {
  // A primitive's own accesses are its business; most are found at a cast that the
  // compiler adds, which has no tokens to ask.
  if (Is == SpaceChange::Calls) {
    if (User.of(Object) & 1)
      add({Is}, Object, Object->getBeginLoc());
    return;
  }
  if (!User.isPlace(Object))
    return;
  while (const Expr *Inner = valueWithin(Object)) // the parentheses may be a macro's
    Object = Inner;
  if (!Frames.of(Object).Opaque)
    add({Is}, pointerTo(Object), Object->getBeginLoc());
}

/// How the kinds of pointers differ, if they do; of a function, see differsIn().
std::optional<SpaceChange::Kind> SpaceRecorder::change(const Expr *E, QualType To,
                                                       UserLevels ToLevels) {
  unsigned Changed = User.of(E) ^ ToLevels;
  if (!Changed || isNull(E))
    return std::nullopt;
  if (Changed & 1)
    return ToLevels & 1 ? SpaceChange::Adds : SpaceChange::Drops;
  // `void *` may point to pointers of any kind.
  QualType From = stripImplicit(E)->getType().getCanonicalType();
  To = To.getCanonicalType();
  while (Changed >>= 1) {
    From = pointeeOf(From);
    To = pointeeOf(To);
    if (From.isNull() || To.isNull() || pointeeOf(From).isNull() || pointeeOf(To).isNull())
      return std::nullopt;
    if (Changed & 1)
      return SpaceChange::Beneath;
  }
  return std::nullopt;
}

/// A function whose pointers are of other kinds than those of the type that it is
/// called through.
std::optional<SpaceChange> SpaceRecorder::differsIn(const Expr *E, QualType To) {
  const auto *Target = To->getPointeeType()->getAs<FunctionProtoType>();
  if (!Target)
    return std::nullopt;
  const Expr *Source = stripImplicit(E);
  if (const auto *U = dyn_cast<UnaryOperator>(Source))
    Source = stripImplicit(U->getSubExpr());
  QualType T = Source->getType();
  const auto *Type = (T->isPointerType() ? T->getPointeeType() : T)->getAs<FunctionProtoType>();
  if (!Type || Type->getNumParams() != Target->getNumParams())
    return std::nullopt;
  // A function's type is that of its first declaration; its parameters are this one's.
  const auto *Ref = dyn_cast<DeclRefExpr>(Source);
  const auto *F = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  SpaceChange Change;
  Change.Is = SpaceChange::Parameter;
  for (unsigned I = 0; I < Type->getNumParams(); ++I) {
    QualType Parameter = F ? F->getParamDecl(I)->getType() : Type->getParamType(I);
    Change.Index = I;
    if (User.of(Parameter) != User.of(Target->getParamType(I)))
      return Change;
  }
  Change.Is = SpaceChange::Result;
  if (User.of(Type->getReturnType()) != User.of(Target->getReturnType()))
    return Change;
  return std::nullopt;
}

std::optional<SpaceChange> SpaceRecorder::becomes(const Expr *E, QualType To, UserLevels ToLevels) {
  if (std::optional<SpaceChange::Kind> Is = change(E, To, ToLevels))
    return SpaceChange{*Is};
  return To->isFunctionPointerType() ? differsIn(E, To) : std::nullopt;
}

/// `IS_ERR(__force const void *ptr)` takes pointers of every kind.
bool SpaceRecorder::takesAny(const ParmVarDecl *P) const {
  const auto *F = dyn_cast<FunctionDecl>(P->getDeclContext());
  if (!F)
    return false;
  unsigned Index = P->getFunctionScopeIndex();
  SourceLocation Before = Index ? F->getParamDecl(Index - 1)->getEndLoc() : F->getLocation();
  return Macros.isForced({Before, P->getEndLoc()}, P->getSourceRange());
}

void SpaceRecorder::recordConversion(const Expr *E, const Destination &To) {
  if (To.Kind == Site::VariadicArgument || To.Kind == Site::UnprototypedArgument)
    return;
  bool IsParameter = To.Kind == Site::Argument && To.Declaration;
  QualType T = IsParameter ? To.Declaration->getType() : To.Type;
  // What has its type from the value takes it as it is.
  if (!T->isPointerType() || T->getContainedAutoType())
    return;
  bool IsDeclared = To.Declaration && Context.hasSameType(T, To.Declaration->getType());
  std::optional<SpaceChange> New = becomes(E, T, IsDeclared ? User.of(To.Declaration) : User.of(T));
  const auto *P = dyn_cast_or_null<ParmVarDecl>(To.Declaration);
  if (!New || (P && IsParameter && takesAny(P)))
    return;
  New->Where = To.Kind;
  New->To = Entities.of(To);
  New->Function = To.Function;
  add(*New, E, stripImplicit(E)->getBeginLoc());
}

void SpaceRecorder::recordAssignment(const Expr *Target, const Expr *E) {
  std::optional<SpaceChange> New = becomes(E, Target->getType(), User.ofObject(Target));
  if (!New)
    return;
  New->Where = Site::Assignment;
  New->To = originOf(Target);
  add(*New, E, stripImplicit(E)->getBeginLoc());
}

/// The address of a pointer may be cast to anything; as sparse has it.
void SpaceRecorder::recordCast(const CStyleCastExpr *C) {
  const Expr *E = C->getSubExpr();
  QualType To = C->getTypeInfoAsWritten()->getType();
  if (!E->getType()->isPointerType() || !((User.of(E) ^ User.of(To)) & 1) || isNull(E))
    return;
  SourceRange Parens(C->getLParenLoc(), C->getRParenLoc());
  if (Macros.isForced(Parens, C->getTypeInfoAsWritten()->getTypeLoc().getSourceRange()))
    return;
  SpaceChange New;
  New.Is = User.of(To) & 1 ? SpaceChange::Adds : SpaceChange::Drops;
  New.To = Entities.ofType(EntityKind::Value, To, C->getLParenLoc());
  if (!C->getLParenLoc().isMacroID())
    New.ForceAt = toLocation(C->getLParenLoc().getLocWithOffset(1));
  add(New, E, C->getLParenLoc());
}

void SpaceRecorder::recordArms(const AbstractConditionalOperator *C) {
  auto [First, Second] = armsOf(C);
  if (!First->getType()->isPointerType() || !Second->getType()->isPointerType() ||
      !((User.of(First) ^ User.of(Second)) & 1) || isNull(First) || isNull(Second))
    return;
  bool IsFirst = User.of(First) & 1;
  SpaceChange New;
  New.Is = SpaceChange::Arms;
  New.To = originOf(IsFirst ? Second : First);
  add(New, IsFirst ? First : Second, C->getQuestionLoc());
}

/// An accessor that is a macro has no parameter to say `__user` of; the model says which
/// argument is a pointer into user memory.
void SpaceRecorder::recordPassed(const Expr *E, const MacroFrame &To, unsigned Parameter) {
  QualType T = E->getType();
  UserLevels Levels = !E->isLValue()       ? User.of(E)
                      : T->isPointerType() ? User.ofObject(E)
                                           : User.ofAddress(E);
  if (!(T->isPointerType() || T->isArrayType()) || Levels & 1 || isNull(E))
    return;
  SpaceChange New;
  New.Is = SpaceChange::Adds;
  New.Where = Site::Argument;
  New.To = Entities.ofUnnamedParameter(T, Parameter, SourceLocation());
  New.Function = Entities.of(To);
  add(New, E, E->getBeginLoc());
}

void SpaceRecorder::leaveFunction(const Stmt *Body) {
  llvm::erase_if(Opaque, [](const MacroFrame *F) { return !F->Known->accessesMemory(); });
  if (Opaque.empty())
    return;
  const MacroArguments &Written = Arguments.in(Body);
  llvm::SmallPtrSet<const MacroFrame *, 8> Seen;
  for (const MacroFrame *Frame : Opaque)
    if (Seen.insert(Frame).second)
      for (const Given<UserAccess> *Access : Frame->Known->accesses())
        if (*Access)
          if (const Expr *E = Written.of(Frame->Expanded, Access->Value.Pointer))
            recordPassed(E, *Frame, Access->Value.Pointer);
}

} // namespace airlock
