// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/FactCollector.h"
#include "frontend/Attributes.h"
#include "frontend/CallbackObjects.h"
#include "frontend/ClangSourceMap.h"
#include "frontend/ConversionRecorder.h"
#include "frontend/EntityTable.h"
#include "frontend/MacroFrames.h"
#include "frontend/MacroSpelling.h"
#include "frontend/Redeclarations.h"
#include "frontend/SpaceRecorder.h"
#include "frontend/TypeWalk.h"
#include "model/FileFunction.h"
#include "model/Model.h"
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

class Collector {
public:
  Collector(const CollectorInput &From, UnitTables &Tables, Facts &Into)
      : Context(From.Context), SM(Context.getSourceManager()), Macros(From.Macros),
        Attributes(From.Attributes), Q(Tables.Q), Entities(Tables.Entities), Frames(Tables.Frames),
        Sites(Tables.Sites), Here(SM, Macros.places()),
        Calls(Context, Macros.places(), Entities, Here, Sites, Into),
        Conversions(Context, Macros, Q, Entities, Here, isQualified(From), isPromised(From), Into),
        Spaces(Context, Macros, Frames, Tables.Arguments, Entities, Tables.User, Here, Into),
        Declarations(SM, Attributes, Q), Handed(From.M, From.Names), Into(Into) {
    attachSpellings(Context, Macros, Q);
  }

  void collect(llvm::ArrayRef<const Decl *> Defined);

private:
  static bool isQualified(const CollectorInput &From);
  static bool isPromised(const CollectorInput &From);

  void want(const FunctionDecl *F);
  void collectFunction(const FunctionDecl *F);
  void collectVariable(const VarDecl *V);
  AllowId allowsOn(const Decl *D, AllowId Outer);
  AllowId allowsOnAll(const FunctionDecl *F);
  AllowId allow(const Attribute &A, AllowId Outer);

  void visit(const Stmt *S);
  void visitNode(const Stmt *S);
  void visitEvaluated(const Stmt *S);
  void visitDeclarations(const DeclStmt *S);
  void visitBlock(const CompoundStmt *S);
  void noteChange(const Stmt *S);
  void visitChildren(const Stmt *S);
  void visitCall(const CallExpr *C);
  void visitArguments(const CallExpr *C, const PointerSource &Callee, EntityId CalleeId);
  void visitReturn(const ReturnStmt *R);
  void exchange(const Expr *Pointer, const Expr *Result, llvm::ArrayRef<const Expr *> Operands);
  void visitAsm(const GCCAsmStmt *A);
  void visitAssignment(const BinaryOperator *B);
  void visitInitializer(const Expr *E, const Destination &To);
  void visitRecordInitializer(const InitListExpr *List, const RecordDecl *Record,
                              const ValueDecl *Of);

  /// Notes the conversions of E, then visits it.
  void convertAndVisit(const Expr *E, const Destination &To) {
    Conversions.record(E, To);
    Spaces.convert(E, To);
    visit(E);
  }

  static Destination into(Site Kind, const ValueDecl *D) { return {Kind, D->getType(), D}; }

  bool enterFrames(const Stmt *S);
  void addCall(const PointerSource &Callee, EntityId Id, SourceLocation At, const CallExpr *C);

  ASTContext &Context;
  const SourceManager &SM;
  const MacroRecorder &Macros;
  const AttributeTable &Attributes;
  Qualifiers &Q;
  EntityTable &Entities;
  MacroFrames &Frames;
  CallSites &Sites;
  WalkPosition Here;
  CallRecorder Calls;
  ConversionRecorder Conversions;
  SpaceRecorder Spaces;
  Redeclarations Declarations;
  CallbackObjects Handed;
  Facts &Into;

  llvm::SmallVector<const FunctionDecl *, 32> Pending;
  llvm::DenseSet<const FunctionDecl *> Wanted;

  // While in a function:
  const FunctionDecl *Function = nullptr;
  bool HasModelledMacros = false;
  unsigned Depth = 0;
};

/// Whether anything in the unit can carry a context; if nothing can, no
/// conversion matters.
bool Collector::isQualified(const CollectorInput &From) {
  if (From.Attributes.anyContexts() || From.Attributes.anyPromises() ||
      From.Macros.expandedQualified() || !From.M.Annotate.empty() || !From.M.TypeTag.empty())
    return true;
  return llvm::any_of(From.M.readFunctions(), [&](const auto &Entry) {
    const FunctionModel &Says = Entry.getValue();
    return (Says.InContext || Says.ContextEntry) &&
           From.Names.find<NamedDecl>(functionOf(Entry.getKey()));
  });
}

bool Collector::isPromised(const CollectorInput &From) {
  return From.Attributes.anyPromises() || llvm::any_of(From.M.readSlots(), [](const auto &Entry) {
           return bool(Entry.getValue().Never);
         });
}

/// A function that something in the unit uses, to be collected once.
void Collector::want(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (F->hasBody(Definition) && Wanted.insert(Definition).second)
    Pending.push_back(Definition);
}

void Collector::collect(llvm::ArrayRef<const Decl *> Defined) {
  // An inline function of a header that nothing here uses is another unit's business.
  auto CollectWanted = [&] {
    while (!Pending.empty())
      collectFunction(Pending.pop_back_val());
  };
  for (const Decl *D : Defined) {
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      // The range of a file is compared first: most are in headers, and to find theirs is slow.
      SourceLocation At = Macros.places().expansion(F->getLocation());
      if ((SM.isInFileID(At, SM.getMainFileID()) && SM.isInMainFile(At)) ||
          (!F->isInlineSpecified() && Context.DeclMustBeEmitted(F)))
        want(F);
    } else {
      collectVariable(cast<VarDecl>(D));
    }
    CollectWanted();
  }
  Handed.finish(Entities, Into);
  Conversions.finish();
  auto AllowsOf = [&](const FunctionDecl *F) { return allowsOnAll(F); };
  Declarations.report(Entities, AllowsOf, Into);
}

AllowId Collector::allow(const Attribute &A, AllowId Around) {
  Into.Allows.push_back(
      {Into.Strings.save(A.Name), Into.Strings.save(A.Why), Around, toLocation(A.At)});
  return Into.Allows.size() - 1;
}

AllowId Collector::allowsOn(const Decl *D, AllowId Around) {
  for (const Attribute &A : Attributes.of(D))
    if (A.Kind == AttributeKind::Allow)
      Around = allow(A, Around);
  return Around;
}

AllowId Collector::allowsOnAll(const FunctionDecl *F) {
  AllowId Around = NoAllow;
  for (const FunctionDecl *R : F->redecls())
    Around = allowsOn(R, Around);
  return Around;
}

void Collector::collectFunction(const FunctionDecl *F) {
  ++Into.Seen.Functions;
  Function = F;
  Here.enter(Entities.of(F));
  Here.Allowed = allowsOnAll(F);
  Calls.enterFunction();
  Spaces.enterFunction();
  Sites.Bodies[Here.In] = F;
  HasModelledMacros = Macros.expandsModelled(F->getBody()->getSourceRange());
  visit(F->getBody());
  Spaces.leaveFunction(F->getBody());
  Function = nullptr;
  Here.enter(NoEntity);
  HasModelledMacros = false;
}

void Collector::collectVariable(const VarDecl *V) {
  AllowId Around = Here.Allowed;
  Here.Allowed = allowsOn(V, Here.Allowed);
  if (!Function)
    HasModelledMacros = Macros.expandsModelled(V->getSourceRange());
  visitInitializer(V->getInit(), into(Site::Initialization, V));
  if (!Function)
    HasModelledMacros = false;
  Here.Allowed = Around;
}

/// Finds the macro that a node comes out of, by the node's own tokens and not
/// its operands'; true if the macro is opaque.
bool Collector::enterFrames(const Stmt *S) {
  MacroFrames::NodeFrame Frame = Frames.of(S);
  if (!Frame.Known)
    return false;
  Here.Outer = NoCall;
  if (Frame.Modelled && Here.In != NoEntity)
    Here.Outer = Calls.expansionOf(Frame.Modelled);
  if (Frame.Opaque)
    Spaces.enterOpaque(Frame.Modelled);
  return Frame.Opaque;
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
  CallId OuterBefore = Here.Outer;
  AllowId AllowedBefore = Here.Allowed;
  if (Attributes.anyOnStatements())
    for (const Attribute &A : Attributes.of(S))
      Here.Allowed = allow(A, Here.Allowed);
  // A primitive's insides are not analysed, but its arguments are.
  bool Opaque = HasModelledMacros && hasOwnFrame(S) && enterFrames(S);

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
    if (Opaque) {
      noteChange(S); // unsafe_get_user(x, ...) gives x a value
      visitChildren(S);
    } else
      visitEvaluated(S);
    break;
  }
  Here.Outer = OuterBefore;
  Here.Allowed = AllowedBefore;
}

void Collector::visitEvaluated(const Stmt *S) {
  switch (S->getStmtClass()) {
  case Stmt::CallExprClass:
    visitCall(cast<CallExpr>(S));
    break;
  case Stmt::CStyleCastExprClass:
    Conversions.recordCast(cast<CStyleCastExpr>(S));
    Spaces.cast(cast<CStyleCastExpr>(S));
    visitChildren(S);
    break;
  case Stmt::ImplicitCastExprClass:
    if (cast<ImplicitCastExpr>(S)->getCastKind() == CK_LValueToRValue)
      Spaces.access(SpaceChange::Reads, cast<ImplicitCastExpr>(S)->getSubExpr());
    visitChildren(S);
    break;
  case Stmt::ConditionalOperatorClass:
  case Stmt::BinaryConditionalOperatorClass:
    Spaces.choose(cast<AbstractConditionalOperator>(S));
    visitChildren(S);
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
  case Stmt::CompoundStmtClass:
    visitBlock(cast<CompoundStmt>(S));
    break;
  case Stmt::UnaryOperatorClass:
    if (cast<UnaryOperator>(S)->isIncrementDecrementOp())
      Spaces.access(SpaceChange::Writes, cast<UnaryOperator>(S)->getSubExpr());
    noteChange(S);
    visitChildren(S);
    break;
  case Stmt::CompoundAssignOperatorClass:
    Spaces.access(SpaceChange::Writes, cast<BinaryOperator>(S)->getLHS());
    noteChange(S);
    visitChildren(S);
    break;
  case Stmt::MemberExprClass:
    if (const auto *F = dyn_cast<FieldDecl>(cast<MemberExpr>(S)->getMemberDecl());
        F && Entities.isCacheField(F))
      Sites.ReadingCaches.insert(Here.In);
    visitChildren(S);
    break;
  case Stmt::DeclRefExprClass:
    if (const auto *F = dyn_cast<FunctionDecl>(cast<DeclRefExpr>(S)->getDecl()))
      want(F);
    Declarations.noteUse(cast<DeclRefExpr>(S));
    break;
  default:
    visitChildren(S);
    break;
  }
}

void Collector::visitBlock(const CompoundStmt *S) {
  WalkPosition::Place Outside = Here.At;
  bool Modelled = HasModelledMacros;
  // A macro's own blocks are part of the statement that it stands in.
  bool Written = !S->getLBracLoc().isMacroID();
  for (const Stmt *Child : S->children()) {
    if (Written) {
      bool IsPlain = Child->getBeginLoc().isMacroID() ||
                     !isa<IfStmt, SwitchStmt, WhileStmt, ForStmt, DoStmt>(Child);
      Here.At = {Child->getBeginLoc(), S->getLBracLoc(), Outside.Statement, IsPlain};
    }
    HasModelledMacros = Modelled && (!Written || Macros.expandsModelled(Child->getSourceRange()));
    visit(Child);
  }
  HasModelledMacros = Modelled;
  Here.At = Outside;
}

/// `x++`, `x = 1`, `x += 1`, `&x`, `asm("..." : "=r"(x))`.
void Collector::noteChange(const Stmt *S) {
  auto Note = [&](const Expr *Target) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Target->IgnoreParenCasts()))
      Calls.noteChange(Ref->getDecl(), S->getBeginLoc());
  };
  if (const auto *U = dyn_cast<UnaryOperator>(S)) {
    if (U->isIncrementDecrementOp() || U->getOpcode() == UO_AddrOf)
      Note(U->getSubExpr());
  } else if (const auto *B = dyn_cast<BinaryOperator>(S)) {
    if (B->isAssignmentOp())
      Note(B->getLHS());
  } else if (const auto *A = dyn_cast<GCCAsmStmt>(S)) {
    for (unsigned I = 0; I < A->getNumOutputs(); ++I)
      Note(A->getOutputExpr(I));
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
    Calls.noteChange(V, V->getLocation());
    if (V->hasInit())
      collectVariable(V);
    // The end of the scope calls it.
    if (const auto *Cleanup = V->getAttr<CleanupAttr>()) {
      const FunctionDecl *F = Cleanup->getFunctionDecl();
      EntityId Id = Entities.of(F);
      want(F);
      if (Calls.add(Id, V->getLocation(), nullptr) != NoCall) {
        ++Into.Seen.DirectCalls;
        Sites.OfCleanup[V] = Into.Calls.size() - 1;
      }
    }
  }
}

void Collector::addCall(const PointerSource &Callee, EntityId Id, SourceLocation At,
                        const CallExpr *C) {
  if (Calls.add(Id, At, C) == NoCall && Here.In != NoEntity)
    return;
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
    if (isSyncBuiltin(C, Context)) {
      exchange(C->getArg(0), /*Result=*/nullptr, {C->getArgs(), C->getNumArgs()});
      return;
    }
    if (Builtin && !Context.BuiltinInfo.isPredefinedLibFunction(Builtin)) {
      visitChildren(C); // the compiler's own keep no pointer
      return;
    }
    EntityId Id = Entities.of(F);
    PointerSource Callee = {C->getCallee(), F};
    // BUILD_BUG_ON() and its like: a call that no compiled unit makes.
    if (!F->hasAttr<ErrorAttr>())
      addCall(Callee, Id, C->getBeginLoc(), C);
    visitArguments(C, Callee, Id);
    visit(C->getCallee());
    return;
  }
  Spaces.access(SpaceChange::Calls, C->getCallee());
  SmallVector<PointerSource, 2> Callees;
  Qualifiers::sources(C->getCallee(), Context, Callees);
  EntityId First = NoEntity;
  for (const PointerSource &Callee : Callees) {
    EntityId Id = Entities.of(Callee);
    First = First == NoEntity ? Id : First;
    addCall(Callee, Id, C->getBeginLoc(), C);
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
  if (F)
    Handed.pass(C, F);
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
      To.PlaceKind = EntityKind::Parameter;
      To.Parameter = I;
    } else {
      // No declaration says what arrives there: it carries nothing.
      To.Kind = Prototype ? Site::VariadicArgument : Site::UnprototypedArgument;
      To.Type = Context.VoidPtrTy;
    }
    convertAndVisit(Argument, To);
  }
}

void Collector::visitReturn(const ReturnStmt *R) {
  if (Here.Allowed != NoAllow)
    Into.AllowAt[R->getBeginLoc().getRawEncoding()] = Here.Allowed;
  const Expr *Value = R->getRetValue();
  if (!Value)
    return;
  if (Function) {
    Destination To = {Site::Return, Function->getReturnType()};
    To.Function = Here.In;
    To.PlaceKind = EntityKind::Result;
    To.At = Function->getLocation();
    Conversions.record(Value, To);
    Spaces.convert(Value, To);
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
        Conversions.record(E, To);
      Places.clear();
      if (functionDepth(E->getType()) > 1u)
        Qualifiers::sources(E, Context, Places);
      if (!Places.empty()) {
        Destination To = {Site::Assignment, E->getType(), Q.declarationBehind(Places.front())};
        To.Pointee = true;
        Conversions.record(Pointer, To);
      }
    }
    visit(E);
  }
}

void Collector::visitAsm(const GCCAsmStmt *A) {
  noteChange(A);
  for (unsigned I = 0; I < A->getNumInputs(); ++I) {
    const Expr *E = A->getInputExpr(I);
    // A memory operand gives the asm the pointer's place, not its value.
    if (E->isLValue())
      continue;
    Destination To = {Site::AsmOperand, Context.VoidPtrTy};
    To.PlaceKind = EntityKind::Operand;
    Conversions.record(E, To);
  }
  visitChildren(A);
}

void Collector::visitAssignment(const BinaryOperator *B) {
  noteChange(B);
  const Expr *Target = B->getLHS(), *Value = B->getRHS();
  Handed.assign(Target, Value);
  Destination To = {Site::Assignment, Target->getType()};
  SmallVector<PointerSource, 1> Targets;
  Qualifiers::sources(Target, Context, Targets);
  if (!Targets.empty())
    To.Declaration = Q.declarationBehind(Targets.front());
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(Target->IgnoreParens()))
    To.Declaration = Ref->getDecl();
  else if (const auto *Member = dyn_cast<MemberExpr>(Target->IgnoreParens()))
    To.Declaration = Member->getMemberDecl();
  Conversions.record(Value, To);
  Spaces.access(SpaceChange::Writes, Target);
  Spaces.assign(Target, Value);
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
    visitRecordInitializer(List, Record->getDecl(), To.Declaration);
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

void Collector::visitRecordInitializer(const InitListExpr *List, const RecordDecl *Record,
                                       const ValueDecl *Of) {
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
    if (!Value || isa<ImplicitValueInitExpr, NoInitExpr>(Value))
      continue;
    Handed.store(Of, Field, Value);
    visitInitializer(Value, into(Site::Initialization, Field));
  }
}

} // namespace

void collectFacts(const CollectorInput &From, UnitTables &Tables, Facts &Into) {
  Into.MainFile = Into.Strings.save(From.Map.mainFile());
  Collector(From, Tables, Into).collect(From.Defined);
}

} // namespace airlock
