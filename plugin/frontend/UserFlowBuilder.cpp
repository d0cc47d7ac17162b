// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/UserFlowBuilder.h"
#include "frontend/Attributes.h"
#include "frontend/CfgWalk.h"
#include "frontend/ExprTools.h"
#include "frontend/UserTerms.h"
#include "model/Model.h"
#include "clang/AST/Attr.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace airlock {

namespace {

class Builder : CfgWalk {
public:
  Builder(const CollectorInput &From, UnitTables &Tables, Facts &Into, const FunctionDecl *Function,
          llvm::DenseMap<const FunctionDecl *, bool> &Failing, UserFlow &Out)
      : CfgWalk(From, Tables, Into, Function), Context(From.Context),
        SM(Context.getSourceManager()), Strings(Into.Strings),
        Terms(From, Tables, Into, Function, HasModelledMacros, Out), Failing(Failing), Out(Out) {}

  bool build();

private:
  void begin();
  void enter(uint32_t Id) override { Block = &Out.Blocks[Id]; }
  void expansion(const MacroFrame &Frame, CallId Made) override;
  void statement(const Stmt *S, bool Opaque) override;
  void cleanup(const VarDecl *V, CallId Made) override;
  void decide(const CFGBlock &B) override;
  void call(const CallExpr *C);
  bool isPromised(const Decl *D) const;
  bool isPromised(const FunctionDecl *F, unsigned Parameter) const;
  void assign(TermId Target, TermId Source, uint64_t Size, SourceLocation At);
  void assigned(const Expr *Left, TermId Source, SourceLocation At);
  void initialise(TermId At, QualType T, const Expr *Init);
  void setRoom(const Expr *E, UserArgument &A);
  UserArgument argument(const Expr *E, bool WithText);
  bool mayFail(const FunctionDecl *F);
  UserEvent &add(UserEvent::Kind Kind, SourceLocation At);

  ASTContext &Context;
  const SourceManager &SM;
  llvm::StringSaver &Strings;
  const MacroArguments *Arguments = nullptr;
  UserTerms Terms;
  llvm::DenseMap<const FunctionDecl *, bool> &Failing;
  UserFlow &Out;
  UserBlock *Block = nullptr;
};

UserEvent &Builder::add(UserEvent::Kind Kind, SourceLocation At) {
  Block->Events.emplace_back();
  UserEvent &E = Block->Events.back();
  E.Is = Kind;
  E.At = toLocation(At);
  return E;
}

void Builder::assign(TermId Target, TermId Source, uint64_t Size, SourceLocation At) {
  UserEvent &E = add(UserEvent::Assign, At);
  E.Target = Target;
  E.Size = Size;
  E.Source = Source;
}

bool Builder::isPromised(const Decl *D) const {
  return llvm::any_of(From.Attributes.of(D),
                      [](const Attribute &A) { return A.Kind == AttributeKind::Prevalidated; });
}

bool Builder::isPromised(const FunctionDecl *F, unsigned Parameter) const {
  return !From.Attributes.empty() && llvm::any_of(F->redecls(), [&](const FunctionDecl *One) {
    return Parameter < One->getNumParams() && isPromised(One->getParamDecl(Parameter));
  });
}

void Builder::assigned(const Expr *Left, TermId Source, SourceLocation At) {
  assign(Terms.addressOf(Left), Source, Terms.sizeOf(Left->getType()), At);
  if (const auto *M = dyn_cast<MemberExpr>(Left->IgnoreParens()))
    Block->Events.back().Promised = isPromised(M->getMemberDecl());
}

static bool returnsNegative(const Stmt *S, const ASTContext &Context) {
  if (const auto *R = dyn_cast<ReturnStmt>(S)) {
    llvm::SmallVector<const Expr *, 4> Values;
    if (R->getRetValue())
      Values.push_back(R->getRetValue());
    while (!Values.empty()) {
      const Expr *E = Values.pop_back_val()->IgnoreParenCasts();
      if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
        Values.push_back(C->getTrueExpr());
        Values.push_back(C->getFalseExpr());
        continue;
      }
      Expr::EvalResult Result;
      if (!E->isValueDependent() && E->getType()->isSignedIntegerType() &&
          E->EvaluateAsInt(Result, Context, Expr::SE_NoSideEffects) && Result.Val.isInt() &&
          Result.Val.getInt().isNegative())
        return true;
    }
    return false;
  }
  if (isa<Expr>(S))
    return false;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return Child && returnsNegative(Child, Context); });
}

/// Whether what a function returns may be a negative error instead.
bool Builder::mayFail(const FunctionDecl *F) {
  const FunctionDecl *Definition = nullptr;
  if (!F->getReturnType()->isSignedIntegerType() || !F->hasBody(Definition))
    return false;
  auto [It, New] = Failing.try_emplace(Definition, false);
  if (New)
    It->second = returnsNegative(Definition->getBody(), Context);
  return It->second;
}

static bool isLast(const FieldDecl *F) {
  return llvm::none_of(F->getParent()->fields(), [&](const FieldDecl *Other) {
    return Other->getFieldIndex() > F->getFieldIndex();
  });
}

/// The last member of a struct that has more behind it than its type says.
static bool isOpenEnded(const FieldDecl *F, const ASTContext &Context) {
  if (F->getParent()->isUnion())
    return true;
  if (!isLast(F))
    return false;
  if (const auto *A = Context.getAsConstantArrayType(F->getType()))
    return A->getSize().ule(1);
  return F->getType()->isIncompleteArrayType();
}

static bool isOpenEnded(const RecordDecl *R, const ASTContext &Context) {
  const FieldDecl *Last = nullptr;
  for (const FieldDecl *F : R->fields())
    Last = F;
  if (!Last || isOpenEnded(Last, Context))
    return true;
  const RecordDecl *Inner = Last->getType()->getAsRecordDecl();
  return R->isUnion() || (Inner && isOpenEnded(Inner, Context));
}

/// How much room there is where an argument points to, as it is written.
void Builder::setRoom(const Expr *E, UserArgument &A) {
  E = E->IgnoreParenCasts();
  const Expr *Whole = E;
  if (const auto *U = dyn_cast<UnaryOperator>(E); U && U->getOpcode() == UO_AddrOf)
    E = U->getSubExpr()->IgnoreParens();
  // `&a[n]` and `a + n` of an array have no more room than that.
  const Expr *Named = E;
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E); Element && Whole != E)
    E = Element->getBase()->IgnoreParenImpCasts();
  else if (const auto *Sum = dyn_cast<BinaryOperator>(E); Sum && Sum->getOpcode() == BO_Add)
    E = Sum->getLHS()->IgnoreParenImpCasts();
  const auto *M = dyn_cast<MemberExpr>(E);
  const auto *F = M ? dyn_cast<FieldDecl>(M->getMemberDecl()) : nullptr;
  if (E != Named && !(F && F->getType()->isConstantArrayType()))
    return;
  if (F && F->getType()->isConstantArrayType()) {
    // Of an object that is larger than its type, the last member is larger, too.
    bool MayGoOn = M->isArrow() && isLast(F);
    if (!isOpenEnded(F, Context))
      (MayGoOn ? A.TypeRoom : A.Room) = Terms.sizeOf(F->getType());
    return;
  }
  if (F && Whole != E) { // up to the end of the struct
    if (F->getParent()->isCompleteDefinition() && !isOpenEnded(F->getParent(), Context))
      A.TypeRoom = Terms.sizeOf(Context.getRecordType(F->getParent())) -
                   Context.toCharUnitsFromBits(Context.getFieldOffset(F)).getQuantity();
    return;
  }
  const auto *P = E->getType()->getAs<PointerType>();
  const RecordDecl *R = P && Whole == E ? P->getPointeeType()->getAsRecordDecl() : nullptr;
  if (R && R->isCompleteDefinition() && !isOpenEnded(R, Context))
    A.TypeRoom = Terms.sizeOf(P->getPointeeType());
}

UserArgument Builder::argument(const Expr *E, bool WithText) {
  UserArgument A;
  A.Value = Terms.of(E);
  QualType T = E->IgnoreParenImpCasts()->getType();
  if (const auto *P = T->getAs<PointerType>())
    A.Points = P->getPointeeType()->isVoidType() ? 0 : Terms.sizeOf(P->getPointeeType());
  else if (const auto *Array = Context.getAsArrayType(T))
    A.Points = Terms.sizeOf(Array->getElementType());
  A.Room = Terms.roomAt(A.Value);
  if (E->isGLValue() && !E->getType()->isArrayType()) {
    A.Place = Terms.addressOf(E);
    A.Room = A.Room ? A.Room : Terms.sizeOf(E->getType());
  }
  if (!A.Room || isa<MemberExpr>(E->IgnoreParenCasts()))
    setRoom(E, A);
  if (WithText)
    A.Text = textOf(E->IgnoreParenCasts(), SM, Context.getLangOpts(), Strings);
  return A;
}

void Builder::expansion(const MacroFrame &Frame, CallId Made) {
  // Not the entity itself: arguments may name others, and they move then.
  const Behaviour *More = Into.callee(Into.Calls[Made]).More;
  const FunctionModel *User = More ? More->User : nullptr;
  uint32_t Number = Terms.callOf(Made);
  llvm::SmallVector<UserArgument, 4> All;
  for (unsigned I = 0; User && I < Arguments->count(Frame.Expanded); ++I) {
    const Expr *E = Arguments->of(Frame.Expanded, I);
    All.push_back(E ? argument(E, true) : UserArgument());
    Out.Calls[Number].Arguments.push_back(All.back().Value);
  }
  UserEvent &E = add(UserEvent::Call, Frame.At);
  E.Made = Made;
  E.Number = Number;
  E.InMacro = isInMacroBody(Frame.Expanded, SM);
  E.Checks = User && User->accessesMemory() && From.Macros.checksAddress(Frame.Name);
  E.Arguments = std::move(All);
}

void Builder::call(const CallExpr *C) {
  auto Found = Tables.Sites.OfExpr.find(C);
  if (Found == Tables.Sites.OfExpr.end() || Found->second.empty())
    return;
  uint32_t Number = Terms.callOf(C);
  const Entity &Callee = Into.callee(Into.Calls[Found->second.front()]);
  const FunctionDecl *F = C->getDirectCallee();
  Out.Calls[Number].MayFail =
      (Callee.More && Callee.More->User && Callee.More->User->Fails.Value) || (F && mayFail(F));
  llvm::SmallVector<UserArgument, 4> All;
  for (const Expr *Argument : C->arguments()) {
    All.push_back(argument(Argument, true));
    unsigned Parameter = All.size() - 1;
    All.back().Promised = F && isPromised(F, Parameter);
    All.back().IsUser = Tables.User.isPointer(Argument->IgnoreParenImpCasts()->getType()) ||
                        (F && Parameter < F->getNumParams() &&
                         Tables.User.isPointer(F->getParamDecl(Parameter)->getType()));
  }
  UserEvent &E = add(UserEvent::Call, C->getBeginLoc());
  E.Made = Found->second.front();
  E.Number = Number;
  // A macro that checks and the function in it are one.
  SourceLocation Written = C->getBeginLoc();
  for (const MacroFrame *At = Tables.Frames.of(C).Modelled; At && At->Known->Validates;
       At = At->Outer ? At->Outer->Modelled : nullptr)
    Written = At->Expanded;
  E.InMacro = isInMacroBody(Written, SM);
  E.Arguments = std::move(All);
}

void Builder::cleanup(const VarDecl *V, CallId Made) {
  UserArgument A;
  A.Value = Terms.addressOf(V);
  uint32_t Number = Terms.callOf(Made);
  UserEvent &E = add(UserEvent::Call, V->getLocation());
  E.Made = Made;
  E.Number = Number;
  E.Arguments.push_back(A);
}

/// `struct foo f = { .a = x };`: each member gets its value.
void Builder::initialise(TermId At, QualType T, const Expr *Init) {
  const auto *List = dyn_cast<InitListExpr>(Init->IgnoreParenImpCasts());
  const RecordDecl *Record = T->getAsRecordDecl();
  if (!List || !Record || Record->isUnion()) {
    assign(At, List ? NoTerm : Terms.of(Init), Terms.sizeOf(T), Init->getBeginLoc());
    return;
  }
  unsigned Index = 0;
  for (const FieldDecl *F : Record->fields()) {
    if (F->isUnnamedBitField() || Index >= List->getNumInits())
      continue;
    const Expr *Value = List->getInit(Index++);
    if (isa<ImplicitValueInitExpr>(Value) || F->getType()->isArrayType())
      continue;
    int64_t Offset = Context.toCharUnitsFromBits(Context.getFieldOffset(F)).getQuantity();
    initialise(Terms.offset(At, Offset), F->getType(), Value);
    if (isPromised(F))
      Block->Events.back().Promised = true;
  }
}

void Builder::statement(const Stmt *S, bool Opaque) {
  if (Opaque)
    return;
  switch (S->getStmtClass()) {
  case Stmt::CallExprClass:
    call(cast<CallExpr>(S));
    break;
  case Stmt::DeclStmtClass:
    for (const Decl *D : cast<DeclStmt>(S)->decls())
      if (const auto *V = dyn_cast<VarDecl>(D); V && V->hasLocalStorage() && V->hasInit())
        initialise(Terms.addressOf(V), V->getType(), V->getInit());
    break;
  case Stmt::BinaryOperatorClass: {
    const auto *B = cast<BinaryOperator>(S);
    if (B->getOpcode() == BO_Assign)
      assigned(B->getLHS(), Terms.of(B->getRHS()), B->getExprLoc());
    break;
  }
  case Stmt::CompoundAssignOperatorClass: {
    const auto *B = cast<BinaryOperator>(S);
    TermId Before = Terms.of(B->getLHS()), Operand = Terms.of(B->getRHS());
    int64_t Step = Terms.stepOf(B->getLHS()->getType());
    bool Adds = B->getOpcode() == BO_AddAssign, Subtracts = B->getOpcode() == BO_SubAssign;
    assigned(B->getLHS(),
             Adds || Subtracts
                 ? Terms.moved(Before, Operand, Adds ? Step : -Step)
                 : Terms.computed(BinaryOperator::getOpForCompoundAssignment(B->getOpcode()),
                                  Before, Operand),
             B->getExprLoc());
    break;
  }
  case Stmt::UnaryOperatorClass: {
    const auto *U = cast<UnaryOperator>(S);
    if (!U->isIncrementDecrementOp())
      break;
    TermId Before = Terms.of(U->getSubExpr());
    int64_t Step = Terms.stepOf(U->getType());
    assigned(U->getSubExpr(), Terms.offset(Before, U->isIncrementOp() ? Step : -Step),
             U->getExprLoc());
    Terms.noteStepped(U);
    break;
  }
  case Stmt::GCCAsmStmtClass: {
    const auto *A = cast<GCCAsmStmt>(S);
    for (unsigned I = 0; I < A->getNumOutputs(); ++I)
      assigned(A->getOutputExpr(I), NoTerm, A->getBeginLoc());
    break;
  }
  case Stmt::ReturnStmtClass: {
    const auto *R = cast<ReturnStmt>(S);
    TermId Value = R->getRetValue() ? Terms.of(R->getRetValue()) : NoTerm;
    add(UserEvent::Return, R->getBeginLoc()).Source = Value;
    break;
  }
  default:
    break;
  }
}

void Builder::decide(const CFGBlock &B) {
  const Stmt *Terminator = B.getTerminatorStmt();
  bool Branches = branches(B);
  const Expr *Condition = Branches ? decidingExpr(B) : nullptr;
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(Terminator))
    Condition = Switch->getCond();
  // A flow of its own goes wherever it likes; these are the conditions of code.
  if (Condition && !isa<IndirectGotoStmt>(Terminator)) {
    Block->Condition = Terms.of(Condition);
    Block->At = toLocation(Condition->getExprLoc());
  }
  unsigned Index = 0;
  for (const CFGBlock *To : B.succs()) {
    UserEdge Edge;
    if (Branches)
      Edge.Is = Index++ == 0 ? UserEdge::IfTrue : UserEdge::IfFalse;
    addEdge(To, Edge, Block->Next);
  }
}

/// A parameter that is changed is a variable; to begin with, it holds what the
/// caller passed.
void Builder::begin() {
  Block = &Out.Blocks.front();
  for (const ParmVarDecl *P : Function->parameters()) {
    const Behaviour *More = Into.Entities[Tables.Entities.of(P)].More;
    Out.Parameters.push_back({P->getName(), More && More->Prevalidated, More && More->FromUser});
    if (Terms.isChanged(P))
      assign(Terms.addressOf(P), Terms.parameter(P), Terms.sizeOf(P->getType()), P->getLocation());
  }
}

bool Builder::build() {
  const CFG *Graph = graph();
  if (!Graph)
    return false;
  if (HasModelledMacros)
    Arguments = &Tables.Arguments.in(Function->getBody());
  // Parameters that keep what the caller passed stand for it.
  forEachChanged(*Graph, [&](const ValueDecl *V) { Terms.noteChanged(V); });
  Out.CanFail = Function->getReturnType()->isSignedIntegerType() && mayFail(Function);
  Out.Blocks.resize(count());
  Out.Exit = numberOf(&Graph->getExit()).value_or(0);
  begin();
  walk();
  // A `do` begins with its body, and what that asks first is none of the loop's business.
  noteLoops(Out.Blocks, [](UserBlock &Head, const Stmt *Loop) {
    Head.BoundsLoop |= isa_and_nonnull<WhileStmt, ForStmt>(Loop);
  });
  Out.GivenUp = Terms.givenUp();
  return true;
}

} // namespace

bool UserFlowBuilder::takesUserPointer(EntityId Function) const {
  const FunctionDecl *Body = Tables.Sites.Bodies.lookup(Function);
  return Body && (Tables.User.isPointer(Body->getReturnType()) ||
                  llvm::any_of(Body->parameters(), [&](const ParmVarDecl *P) {
                    return Tables.User.isPointer(P->getType());
                  }));
}

std::unique_ptr<UserFlow> UserFlowBuilder::userFlowOf(EntityId Function) {
  const FunctionDecl *Body = Tables.Sites.Bodies.lookup(Function);
  if (!Body)
    return nullptr;
  auto Result = std::make_unique<UserFlow>();
  if (!Builder(From, Tables, Into, Body, Failing, *Result).build())
    return nullptr;
  return Result;
}

} // namespace airlock
