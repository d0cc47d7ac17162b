// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/FlowBuilder.h"
#include "frontend/CfgWalk.h"
#include "frontend/ExprTools.h"
#include "frontend/FieldArguments.h"
#include "frontend/FlowExpressions.h"
#include "frontend/LockNames.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace airlock {

namespace {

class Builder : CfgWalk {
public:
  Builder(const CollectorInput &From, UnitTables &Tables, const Facts &Into,
          const FunctionDecl *Function, llvm::function_ref<bool(EntityId)> ChangesRegions,
          Flow &Out)
      : CfgWalk(From, Tables, Into, Function),
        Exprs(From, Tables, Into, Function, HasModelledMacros, ChangesRegions, Out),
        Fields(From.Context), Out(Out) {}

  bool build();

private:
  void noteLoopConditions(const CFG &Graph);
  void noteJoins(const CFG &Graph);
  void noteJumps(const CFG &Graph);
  void noteFields(const CFG &Graph);
  void joinValues(const CFGBlock &B);
  void enter(uint32_t Id) override { Block = &Out.Blocks[Id]; }
  void expansion(const MacroFrame &Of, CallId Made) override;
  void statement(const Stmt *S, bool Opaque) override;
  void cleanup(const VarDecl *V, CallId Made) override;
  void leaveStatements(const CFGBlock &B) override;
  void decide(const CFGBlock &B) override;
  void decideSwitch(const CFGBlock &B, const SwitchStmt *S);
  void call(const CallExpr *C);
  void addFields(const CallExpr *C, const Entity &Callee, llvm::SmallVectorImpl<ExprId> &Arguments);
  void declaration(const DeclStmt *S);
  void assignment(const BinaryOperator *B);
  void noteStore(const BinaryOperator *B);
  ValueId variableIn(const Expr *E);
  void forget(const Expr *E);
  void followed(const Expr *E);
  FlowEvent &add(FlowEvent::Kind Kind, SourceLocation At);
  void assign(ValueId Target, ExprId Source, SourceLocation At);

  FlowExpressions Exprs;
  FieldArguments Fields;
  Flow &Out;
  FlowBlock *Block = nullptr;
  size_t Events = 0;
  /// The operators of `while (a && b)`: each decides whether the loop goes on.
  llvm::SmallPtrSet<const Stmt *, 8> InLoopConditions;
  /// The blocks that a goto ends which leads to no more than a return.
  llvm::SmallPtrSet<const CFGBlock *, 8> Jumps;
};

FlowEvent &Builder::add(FlowEvent::Kind Kind, SourceLocation At) {
  Out.TooLarge |= ++Events > Flow::MaxSize;
  Block->Events.emplace_back();
  FlowEvent &E = Block->Events.back();
  E.Is = Kind;
  E.At = toLocation(At);
  return E;
}

void Builder::assign(ValueId Target, ExprId Source, SourceLocation At) {
  FlowEvent &E = add(Source == NoExpr ? FlowEvent::Forget : FlowEvent::Assign, At);
  E.Target = Target;
  E.Source = Source;
}

void Builder::forget(const Expr *E) {
  llvm::SmallVector<ValueId, 4> Changed;
  Exprs.changedBy(E, Changed);
  for (ValueId V : Changed)
    assign(V, NoExpr, E->getBeginLoc());
}

void Builder::expansion(const MacroFrame &Of, CallId Made) {
  const Entity &Macro = Into.callee(Into.Calls[Made]);
  FlowEvent &E = add(FlowEvent::Call, Of.At);
  E.Made = Made;
  E.Target = Exprs.result(Made);
  if (Macro.More && (Macro.More->Acquires || Macro.More->Releases))
    E.Regions = regionsOfArgument(Of.At, Function, From.Context, From.Names, From.M);
}

void Builder::call(const CallExpr *C) {
  auto Found = Tables.Sites.OfExpr.find(C);
  if (Found == Tables.Sites.OfExpr.end())
    return;
  for (CallId Id : Found->second) {
    llvm::SmallVector<ExprId, 4> Arguments;
    for (const Expr *Argument : C->arguments())
      Arguments.push_back(Exprs.ofArgument(Argument));
    addFields(C, Into.callee(Into.Calls[Id]), Arguments);
    FlowEvent &E = add(FlowEvent::Call, C->getBeginLoc());
    E.Made = Id;
    E.Target = Exprs.result(C);
    E.Arguments = std::move(Arguments);
  }
  for (const Expr *Argument : C->arguments()) {
    const auto *U = dyn_cast<UnaryOperator>(Argument->IgnoreParenImpCasts());
    if (U && Fields.isForCall(U))
      forget(U->getSubExpr());
  }
}

/// The fields that its conditions speak about, as arguments behind those of the prototype.
void Builder::addFields(const CallExpr *C, const Entity &Callee,
                        llvm::SmallVectorImpl<ExprId> &Arguments) {
  const FunctionDecl *F = C->getDirectCallee();
  llvm::ArrayRef<const MemberExpr *> Wanted = Fields.of(C);
  if (!F || !Callee.More || Callee.More->Fields.size() != Wanted.size() || Wanted.empty() ||
      llvm::is_contained(Wanted, nullptr))
    return;
  Arguments.resize(F->getNumParams(), NoExpr);
  for (const MemberExpr *Field : Wanted)
    Arguments.push_back(Exprs.of(Field));
}

void Builder::cleanup(const VarDecl *V, CallId Made) {
  FlowEvent &E = add(FlowEvent::Call, V->getLocation());
  E.Made = Made;
  E.Scope = Exprs.variable(V);
}

void Builder::declaration(const DeclStmt *S) {
  for (const Decl *D : S->decls()) {
    const auto *V = dyn_cast<VarDecl>(D);
    ValueId Id = V && V->hasInit() ? Exprs.variable(V) : NoValue;
    if (Id == NoValue)
      continue;
    assign(Id, Exprs.of(V->getInit()), V->getLocation());
    for (const FieldArguments::Initial &Each : Fields.initials(V)) {
      ExprId Place = Exprs.of(Each.Field);
      ExprId Value = Each.Value ? Exprs.of(Each.Value) : Exprs.constant(0);
      if (Place != NoExpr && Value != NoExpr && Out.Exprs[Place].Is == FlowExpr::Value)
        assign(Out.Exprs[Place].Var, Value, V->getLocation());
    }
  }
}

/// `*result = p` and `state->locked = true` may say what was done; an error says that
/// nothing was.
void Builder::noteStore(const BinaryOperator *B) {
  Expr::EvalResult Value;
  const Expr *Right = B->getRHS();
  if (!Right->isValueDependent() && Right->EvaluateAsInt(Value, From.Context) &&
      Value.Val.getInt().isNegative())
    return;
  const Expr *Left = B->getLHS()->IgnoreParens();
  if (const auto *U = dyn_cast<UnaryOperator>(Left)) {
    const auto *Ref = dyn_cast<DeclRefExpr>(U->getSubExpr()->IgnoreParenImpCasts());
    Out.FillsParameter |= Ref && isa<ParmVarDecl>(Ref->getDecl());
  }
  Block->Stores |= isa<UnaryOperator, MemberExpr, ArraySubscriptExpr>(Left);
}

/// The variable that an expression is; NoValue for any other.
ValueId Builder::variableIn(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
  return Ref ? Exprs.variable(Ref->getDecl()) : NoValue;
}

void Builder::assignment(const BinaryOperator *B) {
  ValueId Target = variableIn(B->getLHS());
  if (Target == NoValue) {
    if (B->getOpcode() == BO_Assign)
      noteStore(B);
    // Before what is stored there is known: others may have that field, too.
    forget(B->getLHS());
    if (B->getOpcode() == BO_Assign && isa<MemberExpr>(B->getLHS()->IgnoreParens())) {
      ExprId Place = Exprs.of(B->getLHS()), Source = Exprs.of(B->getRHS());
      if (Place != NoExpr && Source != NoExpr && Out.Exprs[Place].Is == FlowExpr::Value)
        assign(Out.Exprs[Place].Var, Source, B->getExprLoc());
    }
    return;
  }
  if (B->isCompoundAssignmentOp() && B->getType()->isPointerType())
    return; // moved within an object: as null or not as before
  ExprId Source = NoExpr;
  if (B->getOpcode() == BO_Assign)
    Source = Exprs.of(B->getRHS());
  else if (B->getOpcode() == BO_OrAssign)
    Source = Exprs.combine(FlowExpr::BitOr, Exprs.value(Target), Exprs.of(B->getRHS()));
  else if (B->getOpcode() == BO_AndAssign)
    Source = Exprs.combine(FlowExpr::BitAnd, Exprs.value(Target), Exprs.of(B->getRHS()));
  assign(Target, Source, B->getExprLoc());
}

void Builder::statement(const Stmt *S, bool Opaque) {
  if (Out.TooLarge || (Opaque && !isa<BinaryOperator>(S)))
    return;
  switch (S->getStmtClass()) {
  case Stmt::CallExprClass:
    call(cast<CallExpr>(S));
    break;
  case Stmt::DeclStmtClass:
    declaration(cast<DeclStmt>(S));
    break;
  case Stmt::BinaryOperatorClass:
  case Stmt::CompoundAssignOperatorClass:
    if (cast<BinaryOperator>(S)->isAssignmentOp())
      assignment(cast<BinaryOperator>(S));
    break;
  case Stmt::UnaryOperatorClass: {
    // `f(&x)` may change x from now on.
    const auto *U = cast<UnaryOperator>(S);
    bool Moves = U->isIncrementDecrementOp() && !U->getType()->isPointerType();
    ValueId Counter = Moves && U->isIncrementOp() ? variableIn(U->getSubExpr()) : NoValue;
    if (Counter != NoValue)
      assign(Counter, Exprs.combine(FlowExpr::Next, Exprs.value(Counter), NoExpr),
             U->getBeginLoc());
    else if (Moves || (U->getOpcode() == UO_AddrOf && !Fields.isForCall(U)))
      forget(U->getSubExpr());
    if (U->getOpcode() == UO_AddrOf)
      followed(U->getSubExpr());
    break;
  }
  case Stmt::GCCAsmStmtClass: {
    const auto *A = cast<GCCAsmStmt>(S);
    Out.HasAsm = true;
    for (unsigned I = 0; I < A->getNumOutputs(); ++I)
      forget(A->getOutputExpr(I));
    break;
  }
  case Stmt::ReturnStmtClass: {
    const auto *R = cast<ReturnStmt>(S);
    ExprId Value = R->getRetValue() ? Exprs.of(R->getRetValue()) : NoExpr;
    FlowEvent &E = add(FlowEvent::Return, R->getBeginLoc());
    E.Source = Value;
    break;
  }
  default:
    break;
  }
}

/// `&p->member`: from here on p is taken not to be null.
void Builder::followed(const Expr *E) {
  const auto *Member = dyn_cast<MemberExpr>(E->IgnoreParens());
  while (Member && !Member->isArrow())
    Member = dyn_cast<MemberExpr>(Member->getBase()->IgnoreParens());
  ValueId V = Member ? variableIn(Member->getBase()->IgnoreParenImpCasts()) : NoValue;
  if (V != NoValue)
    add(FlowEvent::NonNull, E->getBeginLoc()).Target = V;
}

void Builder::decideSwitch(const CFGBlock &B, const SwitchStmt *S) {
  Block->Condition = Exprs.of(S->getCond());
  llvm::SmallVector<int64_t, 1> Others;
  for (const CFGBlock *To : B.succs()) {
    // A label's block may be empty, and then the one behind it is named.
    const auto *Case = To ? dyn_cast_or_null<CaseStmt>(To->getLabel()) : nullptr;
    Expr::EvalResult Value;
    bool Single = Case && !Case->getRHS() && Case->getLHS()->EvaluateAsInt(Value, From.Context);
    FlowEdge Edge;
    if (Single) {
      Edge.Is = FlowEdge::IfEqual;
      Edge.Numbers = {inBits(Value.Val.getInt())};
      Others.push_back(Edge.Numbers.front());
    } else if (!Case) {
      Edge.Is = FlowEdge::IfNone;
      Edge.Numbers = Others; // the cases come first
    }
    addEdge(To, std::move(Edge), Block->Next);
  }
}

void Builder::decide(const CFGBlock &B) {
  const Stmt *Terminator = B.getTerminatorStmt();
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(Terminator)) {
    decideSwitch(B, Switch);
    return;
  }
  ExprId AlsoOnTrue = NoExpr, AlsoOnFalse = NoExpr;
  bool Branches = branches(B);
  if (Branches) {
    const auto *Whole = dyn_cast_or_null<Expr>(B.getTerminatorCondition());
    const Expr *Condition = decidingExpr(B);
    Block->Condition = Exprs.of(Condition);
    bool Also = Whole != Condition && FlowExpressions::isSmall(Whole);
    AlsoOnTrue = AlsoOnFalse = Also ? Exprs.of(Whole) : NoExpr;
    const auto *Both = dyn_cast<BinaryOperator>(Terminator);
    if (Both && FlowExpressions::isSmall(Both)) {
      // The left side alone decides it one way.
      (Both->getOpcode() == BO_LAnd ? AlsoOnFalse : AlsoOnTrue) = Exprs.of(Both);
    }
    Block->DecidesLoop =
        isa<WhileStmt, ForStmt, DoStmt>(Terminator) || InLoopConditions.contains(Terminator);
  }
  unsigned Index = 0;
  for (const CFGBlock *To : B.succs()) {
    FlowEdge Edge;
    if (Branches) {
      bool Truth = Index++ == 0;
      Edge.Is = Truth ? FlowEdge::IfTrue : FlowEdge::IfFalse;
      Edge.Also = Truth ? AlsoOnTrue : AlsoOnFalse;
      Edge.AlsoTruth = Truth;
    }
    addEdge(To, std::move(Edge), Block->Next);
  }
}

void Builder::leaveStatements(const CFGBlock &B) {
  joinValues(B);
  if (Jumps.contains(&B))
    add(FlowEvent::Jump, B.getTerminatorStmt()->getBeginLoc());
}

/// At the end of an arm of `c ? a : b`, or of the right side of `a && b`: what
/// the whole comes to where the flow joins again.
void Builder::joinValues(const CFGBlock &B) {
  if (B.succ_size() != 1 || !*B.succ_begin())
    return;
  const CFGBlock *Next = *B.succ_begin();
  if (Next->empty())
    return;
  std::optional<CFGStmt> First = Next->front().getAs<CFGStmt>();
  const auto *Whole = First ? dyn_cast<Expr>(First->getStmt()) : nullptr;
  ValueId Joined = Whole ? Exprs.joined(Whole) : NoValue;
  if (Joined == NoValue)
    return;
  const Expr *Part = nullptr;
  if (const auto *Both = dyn_cast<BinaryOperator>(Whole)) {
    Part = Both->getRHS();
  } else if (const auto *C = dyn_cast<AbstractConditionalOperator>(Whole)) {
    // The arm that this is: the one whose branch leads here.
    for (const CFGBlock *From : B.preds())
      if (From && From->getTerminatorStmt() == Whole)
        Part = *From->succ_begin() == &B ? C->getTrueExpr() : C->getFalseExpr();
  }
  assign(Joined, Part ? Exprs.of(Part) : NoExpr, Whole->getExprLoc());
}

void Builder::noteFields(const CFG &Graph) {
  for (const CFGBlock *B : Graph)
    for (const CFGElement &E : *B) {
      std::optional<CFGStmt> S = E.getAs<CFGStmt>();
      const auto *C = S ? dyn_cast<CallExpr>(S->getStmt()) : nullptr;
      auto Found = C ? Tables.Sites.OfExpr.find(C) : Tables.Sites.OfExpr.end();
      if (Found == Tables.Sites.OfExpr.end())
        continue;
      for (CallId Id : Found->second)
        if (const Behaviour *More = Into.callee(Into.Calls[Id]).More; More && !More->Fields.empty())
          Fields.note(C, More->Fields);
    }
}

void Builder::noteJoins(const CFG &Graph) {
  for (const CFGBlock *B : Graph) {
    std::optional<CFGStmt> First = B->empty() ? std::nullopt : B->front().getAs<CFGStmt>();
    const auto *Whole = First ? dyn_cast<Expr>(First->getStmt()) : nullptr;
    if (!Whole)
      continue;
    const auto *Both = dyn_cast<BinaryOperator>(Whole);
    if ((Both && Both->isLogicalOp()) || isa<AbstractConditionalOperator>(Whole))
      Exprs.noteJoin(Whole);
  }
}

/// `goto out;` is a way out of its own where `out:` does no more than return.
void Builder::noteJumps(const CFG &Graph) {
  constexpr unsigned MaxJumps = 16, MaxBlocks = 4; // each keeps states apart
  for (const CFGBlock *B : Graph) {
    const auto *Goto = dyn_cast_or_null<GotoStmt>(B->getTerminatorStmt());
    const CFGBlock *At = nullptr;
    if (Goto && B->succ_size() == 1 && !Goto->getBeginLoc().isMacroID())
      At = *B->succ_begin();
    for (unsigned I = 0; At && At->succ_size() == 1 && I < MaxBlocks; ++I)
      At = *At->succ_begin();
    if (At == &Graph.getExit())
      Jumps.insert(B);
  }
  if (Jumps.size() > MaxJumps)
    Jumps.clear();
}

void Builder::noteLoopConditions(const CFG &Graph) {
  for (const CFGBlock *B : Graph) {
    const Stmt *Loop = B->getTerminatorStmt();
    if (!isa_and_nonnull<WhileStmt, ForStmt, DoStmt>(Loop))
      continue;
    llvm::SmallVector<const Expr *, 4> Parts;
    if (const auto *Condition = dyn_cast_or_null<Expr>(B->getTerminatorCondition()))
      Parts.push_back(Condition);
    while (!Parts.empty()) {
      const auto *Both = dyn_cast<BinaryOperator>(Parts.pop_back_val()->IgnoreParens());
      if (!Both || !Both->isLogicalOp())
        continue;
      InLoopConditions.insert(Both);
      Parts.push_back(Both->getLHS());
      Parts.push_back(Both->getRHS());
    }
  }
}

bool Builder::build() {
  const CFG *Graph = graph();
  if (!Graph)
    return false;
  noteLoopConditions(*Graph);
  noteJoins(*Graph);
  noteJumps(*Graph);
  // Variables that get one value, where they are declared, stand for it.
  forEachChanged(*Graph, [&](const ValueDecl *V) { Exprs.noteAssigned(V); });
  if (Into.SpeaksOfFields)
    noteFields(*Graph);
  Out.ReturnsRecord = Function->getReturnType()->isRecordType();
  Out.Values[Flow::ReturnValue].IsPointer = Function->getReturnType()->isPointerType();
  Out.Blocks.resize(count());
  walk();
  if (std::optional<BlockId> Exit = numberOf(&Graph->getExit()))
    Out.Blocks[*Exit].IsExit = true;
  noteLoops(Out.Blocks, [](FlowBlock &, const Stmt *) {});
  const SourceManager &SM = From.Context.getSourceManager();
  Out.End = toLocation(SM.getFileLoc(Function->getBody()->getEndLoc()));
  return true;
}

} // namespace

std::unique_ptr<Flow> FlowBuilder::flowOf(EntityId Function,
                                          llvm::function_ref<bool(EntityId)> ChangesRegions) {
  const FunctionDecl *Body = Tables.Sites.Bodies.lookup(Function);
  if (!Body)
    return nullptr;
  auto Result = std::make_unique<Flow>();
  if (!Builder(From, Tables, Into, Body, ChangesRegions, *Result).build())
    return nullptr;
  return Result;
}

} // namespace airlock
