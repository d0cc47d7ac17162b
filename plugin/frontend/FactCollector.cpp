// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/FactCollector.h"
#include "frontend/Attributes.h"
#include "frontend/EntityTable.h"
#include "frontend/MacroFrames.h"
#include "frontend/MacroSpelling.h"
#include "frontend/TypeWalk.h"
#include "model/Model.h"
#include "report/Report.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclGroup.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/Stack.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace airlock {

namespace {

/// Where a pointer goes. Becomes an entity only if something goes there that
/// matters: most arguments are numbers.
struct Destination {
  Destination(Site Kind, QualType Type, const ValueDecl *Declaration = nullptr)
      : Kind(Kind), Type(Type), Declaration(Declaration) {}

  Site Kind;
  QualType Type;
  /// The variable, field or parameter; null if there is only a type.
  const ValueDecl *Declaration;
  /// What is called, for arguments.
  EntityId Function = NoEntity;
  /// Without a declaration: what kind of place it is, where it is declared,
  /// and which parameter.
  EntityKind Kindless = EntityKind::Value;
  SourceLocation At;
  unsigned Parameter = 0;
  /// What the source points to goes there, not the source itself.
  bool Pointee = false;
};

class Collector {
public:
  Collector(const CollectorInput &From, Facts &Into)
      : Context(From.Context), SM(Context.getSourceManager()), Macros(From.Macros),
        Attributes(From.Attributes), Q(From.Context, From.Attributes, From.M, From.Macros),
        Entities(Context, Q, Macros, From.Map, Into), Frames(From.PP, Macros), Into(Into) {
    attachSpellings(Context, Macros, Q);
    Qualified = Attributes.anyContexts() || Macros.expandedQualified() ||
                !From.M.Annotate.empty() || !From.M.TypeTag.empty() || modelQualifies(From.M);
    findDisagreements();
  }

  void collect(const TranslationUnitDecl *Unit);

private:
  bool modelQualifies(const Model &M) const;
  ContextSet writtenOn(const FunctionDecl *F);
  void findDisagreements();
  void reportDisagreement(const FunctionDecl *F);

  void collectFunction(const FunctionDecl *F);
  void collectVariable(const VarDecl *V);
  AllowId allowsOn(const Decl *D, AllowId Outer);
  AllowId allow(const Attribute &A, AllowId Outer);

  void visit(const Stmt *S);
  void visitNode(const Stmt *S);
  void visitEvaluated(const Stmt *S);
  void visitDeclarations(const DeclStmt *S);
  void noteUse(const DeclRefExpr *Ref);
  void visitChildren(const Stmt *S);
  void visitCall(const CallExpr *C);
  void visitArguments(const CallExpr *C, const PointerSource &Callee, EntityId CalleeId);
  void visitCast(const CStyleCastExpr *C);
  void visitReturn(const ReturnStmt *R);
  void exchange(const Expr *Pointer, const Expr *Result, llvm::ArrayRef<const Expr *> Operands);
  void visitAsm(const GCCAsmStmt *A);
  void visitAssignment(const BinaryOperator *B);
  void visitInitializer(const Expr *E, const Destination &To);
  void visitRecordInitializer(const InitListExpr *List, const RecordDecl *Record);

  /// Notes the conversions of E, then visits it.
  void convertAndVisit(const Expr *E, const Destination &To) {
    convert(E, To);
    visit(E);
  }
  void convert(const Expr *E, const Destination &To);

  static Destination into(Site Kind, const ValueDecl *D) { return {Kind, D->getType(), D}; }
  EntityId resolve(const Destination &To);

  bool enterFrames(const Stmt *S);
  CallId expansionOf(const MacroFrame *Frame);
  void addCall(const PointerSource &Callee, EntityId Id, SourceLocation At);
  static constexpr unsigned CallNote = ~0U;
  bool seenAlready(unsigned What, SourceLocation At);

  ASTContext &Context;
  const SourceManager &SM;
  const MacroRecorder &Macros;
  const AttributeTable &Attributes;
  Qualifiers Q;
  EntityTable Entities;
  MacroFrames Frames;
  Facts &Into;

  /// Something in this unit carries a context; if not, no conversion matters.
  bool Qualified = false;

  // While in a function:
  const FunctionDecl *Function = nullptr;
  EntityId In = NoEntity;
  AllowId Allowed = NoAllow;
  CallId Outer = NoCall;
  bool HasModelledMacros = false;
  unsigned Depth = 0;
  /// The calls that expansions of modelled macros, and of macros around them, became.
  llvm::DenseMap<const MacroFrame *, CallId> Expansions;
  /// What was noted in macros, by the token's spelling and the place it is
  /// expanded at: one argument may stand in many places of a macro's body.
  llvm::DenseSet<std::tuple<unsigned, unsigned, unsigned, CallId>> NotedInMacro;

  /// Functions whose declarations differ in contexts, and the first use of each.
  llvm::DenseMap<const FunctionDecl *, SourceLocation> FirstUse;
  std::vector<const FunctionDecl *> Disagreeing;
};

/// Whether the unit declares a function that the model puts into a context.
bool Collector::modelQualifies(const Model &M) const {
  for (const auto &Entry : M.functions()) {
    if (!Entry.getValue().InContext && !Entry.getValue().ContextEntry)
      continue;
    IdentifierInfo &Name = Context.Idents.get(Entry.getKey());
    if (!Context.getTranslationUnitDecl()->lookup(DeclarationName(&Name)).empty())
      return true;
  }
  return false;
}

/// What one declaration says by itself; `typeof(f)` says what f does.
ContextSet Collector::writtenOn(const FunctionDecl *F) {
  const TypeSourceInfo *Written = F->getTypeSourceInfo();
  ContextSet Contexts = Q.of(Written ? Written->getType() : F->getType());
  for (const Attribute &A : Attributes.of(F))
    if (A.Kind == AttributeKind::InContext)
      Contexts.insert(A.Context);
  return Contexts;
}

void Collector::findDisagreements() {
  Attributes.forEachDecl([&](const Decl *D, llvm::ArrayRef<Attribute>) {
    const auto *F = dyn_cast<FunctionDecl>(D);
    if (!F || FirstUse.count(F->getCanonicalDecl()))
      return;
    ContextSet First = writtenOn(F->getFirstDecl());
    for (const FunctionDecl *R : F->redecls())
      if (writtenOn(R) != First) {
        FirstUse[F->getCanonicalDecl()] = SourceLocation();
        Disagreeing.push_back(F->getCanonicalDecl());
        return;
      }
  });
  llvm::sort(Disagreeing, [&](const FunctionDecl *A, const FunctionDecl *B) {
    return A->getLocation().getRawEncoding() < B->getLocation().getRawEncoding();
  });
}

/// A definition without the qualifier inherits it from its prototype, as with
/// any attribute; another declaration, after a use, changes what that use meant.
void Collector::reportDisagreement(const FunctionDecl *F) {
  SourceLocation Use = FirstUse.lookup(F);
  if (Use.isInvalid())
    return;
  llvm::SmallVector<const FunctionDecl *, 4> InOrder(F->redecls());
  llvm::sort(InOrder, [&](const FunctionDecl *A, const FunctionDecl *B) {
    return SM.isBeforeInTranslationUnit(A->getLocation(), B->getLocation());
  });
  AllowId Allows = NoAllow;
  for (const FunctionDecl *R : InOrder)
    Allows = allowsOn(R, Allows);
  ContextSet Before = writtenOn(InOrder.front());
  for (size_t I = 1; I < InOrder.size(); ++I) {
    const FunctionDecl *R = InOrder[I];
    ContextSet Here = writtenOn(R);
    if (SM.isBeforeInTranslationUnit(Use, R->getLocation())) {
      ContextSet Dropped = R->isThisDeclarationADefinition() ? ContextSet() : Before - Here;
      if (!(Here - Before).empty() || !Dropped.empty())
        Into.Redeclarations.push_back({Entities.of(F), toLocation(R->getLocation()),
                                       toLocation(InOrder[I - 1]->getLocation()), toLocation(Use),
                                       Here - Before, Dropped, Allows});
    }
    Before |= Here;
  }
}

void Collector::collect(const TranslationUnitDecl *Unit) {
  for (const Decl *D : Unit->decls()) {
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      // An inline function of a header that nothing here uses is another unit's business.
      if (F->doesThisDeclarationHaveABody() &&
          (F->isReferenced() || SM.isInMainFile(SM.getExpansionLoc(F->getLocation())) ||
           Context.DeclMustBeEmitted(F)))
        collectFunction(F);
    } else if (const auto *V = dyn_cast<VarDecl>(D)) {
      if (V->hasInit())
        collectVariable(V);
    }
  }
  for (const FunctionDecl *F : Disagreeing)
    reportDisagreement(F);
}

AllowId Collector::allow(const Attribute &A, AllowId Around) {
  Into.Allows.push_back({Into.Strings.save(A.Name), Into.Strings.save(A.Why), Around});
  return Into.Allows.size() - 1;
}

AllowId Collector::allowsOn(const Decl *D, AllowId Around) {
  for (const Attribute &A : Attributes.of(D))
    if (A.Kind == AttributeKind::Allow)
      Around = allow(A, Around);
  return Around;
}

void Collector::collectFunction(const FunctionDecl *F) {
  ++Into.Seen.Functions;
  Function = F;
  In = Entities.of(F);
  Allowed = NoAllow;
  for (const FunctionDecl *R : F->redecls())
    Allowed = allowsOn(R, Allowed);
  Outer = NoCall;
  Expansions.clear();
  NotedInMacro.clear();
  SourceRange Body = F->getBody()->getSourceRange();
  HasModelledMacros = Macros.expandsModelled(
      {SM.getExpansionLoc(Body.getBegin()), SM.getExpansionRange(Body.getEnd()).getEnd()});
  visit(F->getBody());
  Function = nullptr;
  In = NoEntity;
  Allowed = NoAllow;
  HasModelledMacros = false;
}

void Collector::collectVariable(const VarDecl *V) {
  AllowId Around = Allowed;
  Allowed = allowsOn(V, Allowed);
  if (!Function)
    HasModelledMacros = Macros.expandsModelled(
        {SM.getExpansionLoc(V->getBeginLoc()), SM.getExpansionRange(V->getEndLoc()).getEnd()});
  visitInitializer(V->getInit(), into(Site::Initialization, V));
  if (!Function)
    HasModelledMacros = false;
  Allowed = Around;
}

/// The call that a macro's expansion became, and with it those around it.
CallId Collector::expansionOf(const MacroFrame *Frame) {
  auto Known = Expansions.find(Frame);
  if (Known != Expansions.end())
    return Known->second;
  CallId Around = Frame->Outer ? expansionOf(Frame->Outer) : NoCall;
  Into.Calls.push_back({In, Entities.of(*Frame), toLocation(Frame->At), Around, Allowed});
  return Expansions[Frame] = Into.Calls.size() - 1;
}

/// Finds the macro that a node comes out of, by the node's own tokens and not
/// its operands'; true if the macro is opaque.
bool Collector::enterFrames(const Stmt *S) {
  // A call may begin with a macro's argument, `f` in `CALL(f)`, and end in its body.
  SourceLocation Own[2];
  if (const auto *C = dyn_cast<CallExpr>(S)) {
    Own[0] = C->getRParenLoc();
    Own[1] = C->getBeginLoc();
  } else if (const auto *E = dyn_cast<Expr>(S)) {
    Own[0] = E->getExprLoc();
  } else if (isa<DeclStmt, ReturnStmt, AsmStmt>(S)) {
    Own[0] = S->getBeginLoc();
  } else {
    return false;
  }
  Outer = NoCall;
  bool Opaque = true;
  for (SourceLocation L : Own) {
    if (L.isInvalid())
      continue;
    const MacroFrame *Frame = Frames.at(L);
    Opaque &= Frame && Frame->Opaque;
    if (Frame && Frame->Modelled && Outer == NoCall && In != NoEntity)
      Outer = expansionOf(Frame->Modelled);
  }
  return Opaque;
}

void Collector::visitChildren(const Stmt *S) {
  for (const Stmt *Child : S->children())
    visit(Child);
}

void Collector::visit(const Stmt *S) {
  if (!S)
    return;
  // Clang parses a sum of 30,000 terms without recursion; we need the stack.
  if (++Depth % 256 == 0)
    runWithSufficientStackSpace([] {}, [&] { visitNode(S); });
  else
    visitNode(S);
  --Depth;
}

void Collector::visitNode(const Stmt *S) {
  CallId OuterBefore = Outer;
  AllowId AllowedBefore = Allowed;
  if (Attributes.anyOnStatements())
    for (const Attribute &A : Attributes.of(S))
      Allowed = allow(A, Allowed);
  // A primitive's insides are not analysed, but its arguments are.
  bool Opaque = HasModelledMacros && enterFrames(S);

  switch (S->getStmtClass()) {
  case Stmt::UnaryExprOrTypeTraitExprClass:
    // sizeof and alignof evaluate nothing but the sizes in a type.
    if (cast<UnaryExprOrTypeTraitExpr>(S)->isArgumentType())
      visitChildren(S);
    break;
  case Stmt::GenericSelectionExprClass:
    visit(cast<GenericSelectionExpr>(S)->getResultExpr());
    break;
  case Stmt::ChooseExprClass:
    visit(cast<ChooseExpr>(S)->getChosenSubExpr());
    break;
  default:
    if (Opaque)
      visitChildren(S);
    else
      visitEvaluated(S);
    break;
  }
  Outer = OuterBefore;
  Allowed = AllowedBefore;
}

void Collector::visitEvaluated(const Stmt *S) {
  switch (S->getStmtClass()) {
  case Stmt::CallExprClass:
    visitCall(cast<CallExpr>(S));
    break;
  case Stmt::CStyleCastExprClass:
    visitCast(cast<CStyleCastExpr>(S));
    break;
  case Stmt::ReturnStmtClass:
    visitReturn(cast<ReturnStmt>(S));
    break;
  case Stmt::BinaryOperatorClass:
    if (cast<BinaryOperator>(S)->getOpcode() == BO_Assign)
      visitAssignment(cast<BinaryOperator>(S));
    else
      visitChildren(S);
    break;
  case Stmt::CompoundLiteralExprClass: {
    const auto *L = cast<CompoundLiteralExpr>(S);
    visitInitializer(L->getInitializer(),
                     {Site::Initialization, L->getTypeSourceInfo()->getType()});
    break;
  }
  case Stmt::AtomicExprClass: {
    auto *A = const_cast<AtomicExpr *>(cast<AtomicExpr>(S)); // its operands have no const form
    const Expr *Result = A->getOp() == AtomicExpr::AO__atomic_load       ? A->getVal1()
                         : A->getOp() == AtomicExpr::AO__atomic_exchange ? A->getVal2()
                                                                         : nullptr;
    exchange(A->getPtr(), Result, {A->getSubExprs(), A->getNumSubExprs()});
    break;
  }
  case Stmt::GCCAsmStmtClass:
    visitAsm(cast<GCCAsmStmt>(S));
    break;
  case Stmt::DeclStmtClass:
    visitDeclarations(cast<DeclStmt>(S));
    break;
  case Stmt::DeclRefExprClass:
    noteUse(cast<DeclRefExpr>(S));
    break;
  default:
    visitChildren(S);
    break;
  }
}

void Collector::visitDeclarations(const DeclStmt *S) {
  // The initialisers, and the sizes of variable-length arrays.
  llvm::SmallPtrSet<const Stmt *, 2> Initializers;
  for (const Decl *D : S->decls())
    if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasInit())
      Initializers.insert(V->getInit());
  for (const Stmt *Child : S->children())
    if (!Initializers.contains(Child))
      visit(Child);

  for (const Decl *D : S->decls()) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V)
      continue;
    if (V->hasInit())
      collectVariable(V);
    // The end of the scope calls it.
    if (const auto *Cleanup = V->getAttr<CleanupAttr>()) {
      const FunctionDecl *F = Cleanup->getFunctionDecl();
      addCall({nullptr, F}, Entities.of(F), V->getLocation());
    }
  }
}

void Collector::noteUse(const DeclRefExpr *Ref) {
  if (FirstUse.empty())
    return;
  const auto *F = dyn_cast<FunctionDecl>(Ref->getDecl());
  auto Found = F ? FirstUse.find(F->getCanonicalDecl()) : FirstUse.end();
  if (Found == FirstUse.end())
    return;
  SourceLocation &First = Found->second;
  if (First.isInvalid() || SM.isBeforeInTranslationUnit(Ref->getBeginLoc(), First))
    First = Ref->getBeginLoc();
}

bool Collector::seenAlready(unsigned What, SourceLocation At) {
  return At.isMacroID() && !NotedInMacro
                                .insert({What, SM.getSpellingLoc(At).getRawEncoding(),
                                         SM.getFileLoc(At).getRawEncoding(), Outer})
                                .second;
}

void Collector::addCall(const PointerSource &Callee, EntityId Id, SourceLocation At) {
  if (seenAlready(CallNote, At))
    return;
  if (In != NoEntity)
    Into.Calls.push_back({In, Id, toLocation(At), Outer, Allowed});
  if (isa_and_nonnull<FunctionDecl>(Callee.Declaration))
    ++Into.Seen.DirectCalls;
  else if (Callee.Declaration)
    ++Into.Seen.SlotCalls;
  else
    ++Into.Seen.UnresolvedCalls;
}

void Collector::visitCall(const CallExpr *C) {
  if (const FunctionDecl *F = C->getDirectCallee()) {
    unsigned Builtin = F->getBuiltinID();
    if (Builtin && Context.BuiltinInfo.isUnevaluated(Builtin))
      return;
    EntityId Id = Entities.of(F);
    PointerSource Callee = {C->getCallee(), F};
    if (Builtin && llvm::StringRef(Context.BuiltinInfo.getName(Builtin)).starts_with("__sync_")) {
      exchange(C->getArg(0), /*Result=*/nullptr, {C->getArgs(), C->getNumArgs()});
      return;
    }
    if (!Builtin || Context.BuiltinInfo.isPredefinedLibFunction(Builtin))
      addCall(Callee, Id, C->getBeginLoc());
    if (Builtin && !Context.BuiltinInfo.isPredefinedLibFunction(Builtin))
      visitChildren(C); // the compiler's own keep no pointer
    else
      visitArguments(C, Callee, Id);
    visit(C->getCallee());
    return;
  }
  SmallVector<PointerSource, 2> Callees;
  Qualifiers::sources(C->getCallee(), Context, Callees);
  EntityId First = NoEntity;
  for (const PointerSource &Callee : Callees) {
    EntityId Id = Entities.of(Callee);
    First = First == NoEntity ? Id : First;
    addCall(Callee, Id, C->getBeginLoc());
  }
  if (Callees.empty()) {
    ++Into.Seen.UnresolvedCalls;
    for (const Expr *Argument : C->arguments())
      visit(Argument);
  } else {
    visitArguments(C, Callees.front(), First);
  }
  visit(C->getCallee());
}

void Collector::visitArguments(const CallExpr *C, const PointerSource &Callee, EntityId CalleeId) {
  const auto *F = dyn_cast_or_null<FunctionDecl>(Callee.Declaration);
  FunctionTypeLoc Declarator = F ? FunctionTypeLoc() : Qualifiers::prototypeOf(Callee);
  QualType CalleeType = C->getCallee()->getType();
  if (const auto *P = CalleeType->getAs<PointerType>())
    CalleeType = P->getPointeeType();
  const auto *Prototype = CalleeType->getAs<FunctionProtoType>();

  for (unsigned I = 0; I < C->getNumArgs(); ++I) {
    const Expr *Argument = C->getArg(I);
    Destination To = {Site::Argument, Argument->getType()};
    To.Function = CalleeId;
    if (F && I < F->getNumParams()) {
      To.Declaration = F->getParamDecl(I);
    } else if (!F && Declarator && I < Declarator.getNumParams() && Declarator.getParam(I)) {
      To.Declaration = Declarator.getParam(I);
    } else if (Prototype && I < Prototype->getNumParams()) {
      To.Type = Prototype->getParamType(I);
      To.Kindless = EntityKind::Parameter;
      To.Parameter = I;
    } else {
      // No declaration says what arrives there: it carries nothing.
      To.Kind = Prototype ? Site::VariadicArgument : Site::UnprototypedArgument;
      To.Type = Context.VoidPtrTy;
    }
    convertAndVisit(Argument, To);
  }
}

/// The address of a pointer that carries a context, as memset() takes it, is
/// not the pointer: only another pointer to a function pointer can drop it.
static bool isAddressOfPointer(const Expr *E, const PointerSource &From) {
  std::optional<unsigned> Depth = functionDepth(E->IgnoreParenImpCasts()->getType());
  if (!Depth) // the `void *` of a `?:` whose arms differ
    Depth = functionDepth(From.Leaf->getType());
  return Depth.value_or(0) > 1;
}

void Collector::visitCast(const CStyleCastExpr *C) {
  const Expr *Operand = C->getSubExpr();
  CastKind Kind = C->getCastKind();
  QualType To = C->getTypeInfoAsWritten()->getType();
  if (Kind == CK_ToVoid || Kind == CK_PointerToBoolean || To->isBooleanType()) {
    visit(Operand);
    return;
  }
  SmallVector<PointerSource, 2> From;
  if (Qualified)
    Qualifiers::sources(Operand, Context, From);
  bool ToFunction = hasFunctionCore(To);
  if (!From.empty() && !ToFunction && isAddressOfPointer(Operand, From.front()))
    From.clear();
  SourceRange Type = C->getTypeInfoAsWritten()->getTypeLoc().getSourceRange();
  bool Forced = !From.empty() && Macros.isForced({C->getLParenLoc(), C->getRParenLoc()}, Type);
  bool Carries = llvm::any_of(From, [&](const PointerSource &S) { return !Q.of(S).empty(); });
  if (!(Carries || (Forced && ToFunction)) || seenAlready(unsigned(Site::Cast), C->getLParenLoc()))
    From.clear();
  for (const PointerSource &S : From) {
    Conversion Here;
    Here.Kind = Site::Cast;
    Here.In = In;
    Here.From = Entities.of(S);
    Here.To = Entities.ofType(EntityKind::Value, To, Q.ofCast(C), C->getLParenLoc());
    Here.Function = NoEntity;
    Here.At = toLocation(C->getLParenLoc());
    Here.Allow = Allowed;
    Here.Forced = Forced;
    if (!C->getLParenLoc().isMacroID()) {
      Here.ForceAt = toLocation(C->getLParenLoc().getLocWithOffset(1));
      Here.ForceText = "__force ";
    }
    Into.Conversions.push_back(Here);
  }
  visit(Operand);
}

void Collector::visitReturn(const ReturnStmt *R) {
  const Expr *Value = R->getRetValue();
  if (!Value)
    return;
  QualType T = Function ? Function->getReturnType() : QualType();
  if (!T.isNull()) {
    Destination To = {Site::Return, T};
    To.Function = In;
    To.Kindless = EntityKind::Result;
    To.At = Function->getLocation();
    convert(Value, To);
  }
  visit(Value);
}

/// The builtins that exchange atomically: each value goes where the pointer
/// points to; what is given as the place of a value gets what was there.
/// Result is only written to.
void Collector::exchange(const Expr *Pointer, const Expr *Result,
                         llvm::ArrayRef<const Expr *> Operands) {
  SmallVector<PointerSource, 1> Targets, Places;
  Qualifiers::sources(Pointer, Context, Targets);
  for (const Expr *E : Operands) {
    if (E != Pointer && !Targets.empty()) {
      Destination To = {Site::Assignment, E->getType(), Q.declarationBehind(Targets.front())};
      To.Pointee = functionDepth(E->getType()) > 1u;
      if (E != Result)
        convert(E, To);
      Places.clear();
      if (functionDepth(E->getType()) > 1u)
        Qualifiers::sources(E, Context, Places);
      if (!Places.empty()) {
        Destination To = {Site::Assignment, E->getType(), Q.declarationBehind(Places.front())};
        To.Pointee = true;
        convert(Pointer, To);
      }
    }
    visit(E);
  }
}

void Collector::visitAsm(const GCCAsmStmt *A) {
  for (unsigned I = 0; I < A->getNumInputs(); ++I) {
    const Expr *E = A->getInputExpr(I);
    // A memory operand gives the asm the pointer's place, not its value.
    if (E->isLValue())
      continue;
    Destination To = {Site::AsmOperand, Context.VoidPtrTy};
    To.Kindless = EntityKind::Operand;
    convert(E, To);
  }
  visitChildren(A);
}

void Collector::visitAssignment(const BinaryOperator *B) {
  const Expr *Target = B->getLHS(), *Value = B->getRHS();
  Destination To = {Site::Assignment, Target->getType()};
  SmallVector<PointerSource, 1> Targets;
  Qualifiers::sources(Target, Context, Targets);
  if (!Targets.empty())
    To.Declaration = Q.declarationBehind(Targets.front());
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(Target->IgnoreParens()))
    To.Declaration = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(Target->IgnoreParens()))
    To.Declaration = Member->getMemberDecl();
  convert(Value, To);
  visit(Target);
  visit(Value);
}

void Collector::visitInitializer(const Expr *E, const Destination &To) {
  if (const auto *Update = dyn_cast<DesignatedInitUpdateExpr>(E)) {
    visit(Update->getBase());
    visitInitializer(Update->getUpdater(), To);
    return;
  }
  if (const auto *Constant = dyn_cast<ConstantExpr>(E))
    E = Constant->getSubExpr();
  const auto *List = dyn_cast<InitListExpr>(E);
  if (!List) {
    convertAndVisit(E, To);
    return;
  }
  if (const auto *Record = List->getType()->getAs<RecordType>()) {
    visitRecordInitializer(List, Record->getDecl());
    return;
  }
  // An array's elements, or a scalar in braces. `[0 ... 9] = f` is one
  // expression in ten places: once is enough.
  const Expr *Last = nullptr;
  Destination ElementTo = To;
  if (const ArrayType *Array = Context.getAsArrayType(List->getType()))
    ElementTo.Type = Array->getElementType();
  for (const Expr *Element : List->inits()) {
    if (Element && Element != Last && !isa<NoInitExpr>(Element))
      visitInitializer(Element, ElementTo);
    Last = Element;
  }
}

void Collector::visitRecordInitializer(const InitListExpr *List, const RecordDecl *Record) {
  if (Record->isUnion()) {
    const FieldDecl *Field = List->getInitializedFieldInUnion();
    if (Field && List->getNumInits())
      visitInitializer(List->getInit(0), into(Site::Initialization, Field));
    return;
  }
  unsigned Index = 0;
  for (const FieldDecl *Field : Record->fields()) {
    if (Field->isUnnamedBitField())
      continue;
    if (Index == List->getNumInits())
      break;
    const Expr *Value = List->getInit(Index++);
    if (Value && !isa<ImplicitValueInitExpr, NoInitExpr>(Value))
      visitInitializer(Value, into(Site::Initialization, Field));
  }
}

EntityId Collector::resolve(const Destination &To) {
  if (To.Declaration)
    return Entities.of(To.Declaration);
  switch (To.Kindless) {
  case EntityKind::Result:
    return Entities.ofResult(To.Type, To.At);
  case EntityKind::Parameter:
    return Entities.ofUnnamedParameter(To.Type, To.Parameter, To.At);
  default:
    return Entities.ofType(To.Kindless, To.Type, To.At);
  }
}

void Collector::convert(const Expr *E, const Destination &To) {
  if (To.Type->isBooleanType() || To.Type->isVoidType())
    return;
  SmallVector<PointerSource, 2> From;
  Qualifiers::sources(E, Context, From);
  // Through a pointer to a pointer, what carries nothing matters too.
  bool ToPlace = Qualified && !To.Pointee && !From.empty() && isAddressOfPointer(E, From.front());
  llvm::erase_if(From, [&](const PointerSource &S) {
    return !ToPlace && !isa_and_nonnull<FunctionDecl>(S.Declaration) &&
           (!Qualified || Q.of(S).empty());
  });
  if (From.empty())
    return;
  EntityId ToId = resolve(To);
  if (ToPlace && !Into.Entities[ToId].CanCarry)
    return;
  const Expr *Operand = E->IgnoreParenImpCasts();
  for (const PointerSource &S : From) {
    const auto *F = dyn_cast_or_null<FunctionDecl>(S.Declaration);
    if (F && Into.Entities[ToId].CanCarry)
      Into.Stores.push_back({Entities.of(F), ToId,
                             To.Kind == Site::Argument ? To.Function : NoEntity,
                             toLocation(S.Leaf->getBeginLoc())});
    bool Matters = !Q.of(S).empty() || (ToPlace && !Into.Entities[ToId].Needs.empty());
    if (!Qualified || !Matters || seenAlready(unsigned(To.Kind), S.Leaf->getBeginLoc()))
      continue;
    Conversion Here;
    Here.Kind = To.Kind;
    Here.In = In;
    Here.From = Entities.of(S);
    Here.To = ToId;
    Here.Function = To.Function;
    Here.At = toLocation(S.Leaf->getBeginLoc());
    Here.Allow = Allowed;
    Here.OfPlace = ToPlace;
    // A cast binds tighter than most: only in front of a plain name is it sure.
    if (Operand == S.Leaf && isa<DeclRefExpr, MemberExpr>(Operand) && !ToPlace &&
        !S.Leaf->getBeginLoc().isMacroID() && To.Kind != Site::AsmOperand) {
      Here.ForceAt = Here.At;
      Here.ForceText = Into.Strings.save("(__force " + Entities.printType(To.Type) + ")");
    }
    Into.Conversions.push_back(Here);
  }
}

} // namespace

void collectFacts(const CollectorInput &From, Facts &Into) {
  const SourceManager &SM = From.Context.getSourceManager();
  SourceLocation Start = SM.getLocForStartOfFile(SM.getMainFileID());
  Into.MainFile = Into.Strings.save(From.Map.placeOf(toLocation(Start)).File);
  Collector(From, Into).collect(From.Context.getTranslationUnitDecl());
}

} // namespace airlock
