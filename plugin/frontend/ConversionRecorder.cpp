// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/ConversionRecorder.h"
#include "frontend/MacroRecorder.h"
#include "frontend/TypeWalk.h"
#include "clang/AST/Expr.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

/// The address of a pointer that carries a context, as memset() takes it, is
/// not the pointer: only another pointer to a function pointer can drop it.
static bool isAddressOfPointer(const Expr *E, const PointerSource &From) {
  std::optional<unsigned> Depth = functionDepth(E->IgnoreParenImpCasts()->getType());
  if (!Depth) // the `void *` of a `?:` whose arms differ
    Depth = functionDepth(From.Leaf->getType());
  return Depth.value_or(0) > 1;
}

void ConversionRecorder::recordCast(const CStyleCastExpr *C) {
  const Expr *Operand = C->getSubExpr();
  CastKind Kind = C->getCastKind();
  QualType To = C->getTypeInfoAsWritten()->getType();
  if (!Qualified || Kind == CK_ToVoid || Kind == CK_PointerToBoolean || To->isBooleanType())
    return;
  SmallVector<PointerSource, 2> From;
  Qualifiers::sources(Operand, Context, From);
  bool ToFunction = hasFunctionCore(To);
  if (!From.empty() && !ToFunction && isAddressOfPointer(Operand, From.front()))
    From.clear();
  SourceRange Type = C->getTypeInfoAsWritten()->getTypeLoc().getSourceRange();
  bool Forced = !From.empty() && Macros.isForced({C->getLParenLoc(), C->getRParenLoc()}, Type);
  bool Carries = llvm::any_of(From, [&](const PointerSource &S) { return !Q.of(S).empty(); });
  bool Promises = ToFunction && Promised && Entities.promises(To);
  if (!(Carries || Promises || (Forced && ToFunction)) ||
      Here.seenAlready(unsigned(Site::Cast), C->getLParenLoc()))
    From.clear();
  for (const PointerSource &S : From) {
    Conversion New;
    New.Kind = Site::Cast;
    New.In = Here.In;
    New.From = Entities.of(S);
    New.To = Entities.ofType(EntityKind::Value, To, Q.ofCast(C), C->getLParenLoc());
    New.Function = NoEntity;
    New.At = toLocation(C->getLParenLoc());
    New.Allow = Here.Allowed;
    New.Forced = Forced;
    if (!C->getLParenLoc().isMacroID()) {
      // As in `(void __force *)p`, so that it can be told from a cast that was only
      // written for the crossing.
      bool AfterVoid = To->isVoidPointerType() && Type.getBegin().isFileID() &&
                       Type.getBegin() == C->getLParenLoc().getLocWithOffset(1);
      New.ForceAt = toLocation(AfterVoid ? Type.getBegin().getLocWithOffset(strlen("void"))
                                         : C->getLParenLoc().getLocWithOffset(1));
      New.ForceText = AfterVoid ? " __force" : "__force ";
    }
    Into.Conversions.push_back(New);
  }
}

/// Whether the place promises what the source does not; a forced cast may.
bool ConversionRecorder::addsPromise(const PointerSource &S, EntityId To) {
  EffectSet Promise = Into.Entities[To].never();
  RegionSet Safe = Into.Entities[To].safeIn();
  if (!Promised || (Promise.empty() && Safe.empty()) ||
      S.Leaf->isNullPointerConstant(Context, Expr::NPC_ValueDependentIsNull))
    return false;
  if (const auto *C = dyn_cast<CStyleCastExpr>(S.Leaf))
    if (Entities.promises(C->getType()) ||
        Macros.isForced({C->getLParenLoc(), C->getRParenLoc()},
                        C->getTypeInfoAsWritten()->getTypeLoc().getSourceRange()))
      return false;
  const Entity &From = Into.Entities[Entities.of(S)];
  return !(Promise - From.never()).empty() || !(Safe - From.safeIn()).empty();
}

/// The expression that a cast in front of it takes to where it goes: the source itself, or
/// its address, which is the same of a function; an arm of a `?:` stands for itself. Null
/// if a cast would take something else.
static const Expr *castable(const Expr *E, const Expr *Leaf) {
  E = E->IgnoreParenImpCasts();
  if (E == Leaf)
    return isa<DeclRefExpr, MemberExpr, ArraySubscriptExpr, CallExpr>(E) ? E : nullptr;
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    return U->getSubExpr()->IgnoreParenImpCasts() == Leaf &&
                   (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref)
               ? U
               : nullptr;
  if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
    const Expr *True = castable(C->getTrueExpr(), Leaf);
    return True ? True : castable(C->getFalseExpr(), Leaf);
  }
  return nullptr;
}

/// `p->fn = (void *)f`: whatever the type, it is f that is called from there. (A crossing
/// on purpose is nobody's store.)
void ConversionRecorder::recordCastStore(const Expr *E, const Destination &To) {
  const auto *Cast = dyn_cast<CStyleCastExpr>(E->IgnoreParenImpCasts());
  if (!Cast)
    return;
  const Expr *Bare = E->IgnoreParenCasts();
  if (const auto *U = dyn_cast<UnaryOperator>(Bare); U && U->getOpcode() == UO_AddrOf)
    Bare = U->getSubExpr()->IgnoreParenCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(Bare);
  // What is cheap to ask comes first.
  if (!Ref || !isa<FunctionDecl>(Ref->getDecl()) ||
      Macros.isForced({Cast->getLParenLoc(), Cast->getRParenLoc()},
                      Cast->getTypeInfoAsWritten()->getTypeLoc().getSourceRange()))
    return;
  EntityId Slot = Entities.of(To);
  if (Into.Entities[Slot].CanCarry)
    Into.Stores.push_back({Entities.of(Ref->getDecl()), Slot,
                           To.Kind == Site::Argument ? To.Function : NoEntity,
                           toLocation(Bare->getBeginLoc())});
}

/// Whether nothing but a context is lost.
bool ConversionRecorder::keepsType(const Expr *E, QualType To) const {
  QualType From = E->getType();
  if (From->isFunctionType())
    From = Context.getPointerType(From);
  return Context.hasSameUnqualifiedType(From, To);
}

/// As it is written; empty if that is not on one line of a file.
llvm::StringRef ConversionRecorder::textOf(const Expr *E) const {
  if (E->getBeginLoc().isMacroID() || E->getEndLoc().isMacroID())
    return "";
  llvm::StringRef Text = Lexer::getSourceText(CharSourceRange::getTokenRange(E->getSourceRange()),
                                              Context.getSourceManager(), Context.getLangOpts());
  return Text.contains('\n') ? llvm::StringRef() : Text;
}

static const VarDecl *localVariable(const ValueDecl *D) {
  const auto *V = dyn_cast_or_null<VarDecl>(D);
  return V && !isa<ParmVarDecl>(V) && V->hasLocalStorage() && hasFunctionCore(V->getType())
             ? V
             : nullptr;
}

/// `handler = msi ? a : b; request_irq(irq, handler, ...)`: functions and variables on the way.
void ConversionRecorder::noteLocals(llvm::ArrayRef<PointerSource> From, const Destination &To) {
  const VarDecl *Kept = localVariable(To.Declaration);
  for (const PointerSource &S : From) {
    if (Kept && isa_and_nonnull<FunctionDecl>(S.Declaration))
      InLocal[Kept].insert(Entities.of(S.Declaration));
    const VarDecl *Variable = Kept ? nullptr : localVariable(S.Declaration);
    if (!Variable)
      continue;
    EntityId Slot = Entities.of(To);
    if (Into.Entities[Slot].CanCarry)
      LocalUses.push_back({Variable, Slot, To.Kind == Site::Argument ? To.Function : NoEntity,
                           toLocation(S.Leaf->getBeginLoc())});
  }
}

void ConversionRecorder::finish() {
  // One that goes to several places may keep something else for each.
  llvm::DenseMap<const VarDecl *, EntityId> Only;
  for (const LocalUse &Use : LocalUses)
    if (auto [It, IsNew] = Only.try_emplace(Use.Variable, Use.Slot);
        !IsNew && It->second != Use.Slot)
      It->second = NoEntity;
  for (const LocalUse &Use : LocalUses)
    if (Only.lookup(Use.Variable) == Use.Slot)
      if (auto Kept = InLocal.find(Use.Variable); Kept != InLocal.end())
        for (EntityId Function : Kept->second)
          Into.Stores.push_back({Function, Use.Slot, Use.PassedTo, Use.At});
}

void ConversionRecorder::record(const Expr *E, const Destination &To) {
  if (To.Type->isBooleanType() || To.Type->isVoidType())
    return;
  recordCastStore(E, To);
  SmallVector<PointerSource, 2> From;
  Qualifiers::sources(E, Context, From);
  noteLocals(From, To);
  // Through a pointer to a pointer, what carries nothing matters too.
  bool ToPlace = Qualified && !To.Pointee && !From.empty() && isAddressOfPointer(E, From.front());
  llvm::erase_if(From, [&](const PointerSource &S) {
    bool Named = isa_and_nonnull<FunctionDecl, ParmVarDecl>(S.Declaration);
    return !ToPlace && !Named && !Promised && (!Qualified || Q.of(S).empty());
  });
  if (From.empty())
    return;
  EntityId ToId = Entities.of(To);
  if (ToPlace && !Into.Entities[ToId].CanCarry)
    return;
  for (const PointerSource &S : From) {
    bool Named = isa_and_nonnull<FunctionDecl, ParmVarDecl>(S.Declaration);
    if (Named && Into.Entities[ToId].CanCarry && hasFunctionCore(S.Declaration->getType()))
      Into.Stores.push_back({Entities.of(S.Declaration), ToId,
                             To.Kind == Site::Argument ? To.Function : NoEntity,
                             toLocation(S.Leaf->getBeginLoc())});
    bool Matters =
        !Q.of(S).empty() || addsPromise(S, ToId) || (ToPlace && !Into.Entities[ToId].Needs.empty());
    if (!Matters || Here.seenAlready(unsigned(To.Kind), S.Leaf->getBeginLoc()))
      continue;
    Conversion New;
    New.Kind = To.Kind;
    New.In = Here.In;
    New.From = Entities.of(S);
    New.To = ToId;
    New.Function = To.Function;
    New.At = toLocation(S.Leaf->getBeginLoc());
    New.Allow = Here.Allowed;
    New.OfPlace = ToPlace;
    const Expr *Cast = castable(E, S.Leaf);
    if (Cast && !ToPlace && !Cast->getBeginLoc().isMacroID() && To.Kind != Site::AsmOperand) {
      New.ForceAt = toLocation(Cast->getBeginLoc());
      New.ForceText = Into.Strings.save("(__force " + Entities.printType(To.Type) + ")");
      if (keepsType(Cast, To.Type))
        New.Crossed = Into.Strings.save(textOf(Cast));
    }
    Into.Conversions.push_back(New);
  }
}

} // namespace airlock
