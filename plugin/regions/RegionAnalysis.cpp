// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/RegionAnalysis.h"
#include "model/Model.h"
#include "regions/Balance.h"
#include "regions/Decisions.h"
#include "regions/Evaluate.h"
#include "regions/Outcomes.h"
#include "regions/Reads.h"
#include "regions/States.h"
#include <set>

namespace airlock {

namespace {

class Analysis {
public:
  explicit Analysis(const RegionInput &In)
      : In(In), F(In.F), Body(In.Body), Eval(In.Body, Acting, Spent),
        By{In.Body, tellingValues(In.Body), Spent}, Begin(Body.Blocks.size()),
        Decided(Body.Blocks.size()) {}

  FunctionRegions run();

private:
  void findActing();
  bool isPointer(ExprId Id) const;
  void fixpoint();
  void walk(BlockId Id, bool Final);
  std::optional<PathState> along(const FlowBlock &B, const FlowEdge &Edge, PathState S);
  bool callersDecide(const FlowBlock &B, const States &Now);
  void step(const FlowEvent &E, States &Now, bool Final);
  void stepCall(const FlowEvent &E, States &Now, bool Final);
  void assign(const FlowEvent &E, States &Now);
  void note(const FlowEvent &E, llvm::ArrayRef<PathState> Now);
  llvm::SmallVector<PathState, 2> forked(const FlowEvent &E, llvm::ArrayRef<PathState> Now);
  llvm::SmallVector<Outcome, 2> outcomesOf(const FlowEvent &E) const;
  bool apply(const Outcome &Happens, const FlowEvent &E, PathState &S, bool Final);
  bool isOnlyMarked(CallId Id) const {
    const Behaviour *More = F.callee(F.Calls[Id]).More;
    return More && More->OnlyMarked;
  }
  void loosen(const Outcome &Happens, PathState &S) const;
  void noteOpening(unsigned Region, CallId By, const RegionDepth &Before);
  FlavourSet flavourOf(const FlowEvent &E, const RegionDelta &Delta) const;
  void change(RegionDelta Delta, const FlowEvent &E, PathState &S, bool Final);
  bool isUnknown(const Entity &Callee) const {
    return Callee.isSlot() || (!Callee.HasBody && !Callee.Modelled && !Callee.More);
  }
  void noteClosing(const RegionDepth &D);
  void mayCloseSlots(PathState &S) const;
  void noteTooDeep(const RegionDepth &D);
  Location loopAround(BlockId Id) const;
  void forgetMemory(const FlowBlock &B, States &Now) const;
  RegionSet mayChange() const;
  void weaken();
  void problem(BalanceProblem P) {
    if (In.M.regions()[P.Region].Balanced)
      Result.Problems.push_back(P);
  }

  const RegionInput &In;
  const Facts &F;
  const Flow &Body;
  Budget Spent;
  llvm::DenseMap<CallId, bool> Acting;
  Evaluator Eval;
  Joining By;
  std::vector<States> Begin;
  std::set<BlockId> Pending;
  States AtExit;
  RegionSet Touched, Opened;
  /// What is open more often than is counted, and what of it a loop explains.
  RegionSet TooDeep, Explained;
  bool CallsUnknown = false;
  /// The same, for the block that is looked at; and the exits that have such a call before
  /// them: who is called last may be the one who closes. Or a store that others see, which
  /// may tell them that it is open.
  bool UnknownInBlock = false;
  llvm::DenseSet<uint32_t> Delegates;
  /// By region, the last place where it is closed.
  llvm::SmallDenseMap<unsigned, Location> LastClosed;
  llvm::DenseSet<std::pair<CallId, unsigned>> ClosesOpen, OpensClosed, ClosesEntry;
  BlockId Current = 0;
  /// Branches that the function does not decide itself, and the blocks of the calls
  /// in the result.
  llvm::BitVector Decided;
  std::vector<BlockId> CallBlocks;
  FunctionRegions Result;
};

/// A macro changes a region by itself only if nothing in its expansion does:
/// `user_access_begin` is a macro around the function of that name on x86, and
/// all there is on a machine without such regions.
void Analysis::findActing() {
  for (const FlowBlock &B : Body.Blocks)
    for (const FlowEvent &E : B.Events)
      if (E.Is == FlowEvent::Call && F.callee(F.Calls[E.Made]).Kind == EntityKind::Macro)
        Acting[E.Made] = F.callee(F.Calls[E.Made]).changesRegions();
  if (Acting.empty())
    return;
  for (const FlowBlock &B : Body.Blocks)
    for (const FlowEvent &E : B.Events) {
      if (E.Is != FlowEvent::Call)
        continue;
      const Entity &Callee = F.callee(F.Calls[E.Made]);
      const FunctionRegions *Known = In.ResultOf(F.Calls[E.Made].Callee);
      if (!Callee.changesRegions() && (!Known || Known->Outcomes.empty()))
        continue;
      for (CallId Id = F.Calls[E.Made].Outer; Id != NoCall; Id = F.Calls[Id].Outer)
        Acting[Id] = false;
    }
}

/// What a region is opened or closed for. Where the machine does not tell flavours apart
/// their macros expand to each other: the outermost one is what was meant.
FlavourSet Analysis::flavourOf(const FlowEvent &E, const RegionDelta &Delta) const {
  FlavourSet Flavour = Delta.Flavour;
  for (CallId Id = E.Made; Id != NoCall; Id = F.Calls[Id].Outer)
    if (const Behaviour *More = F.callee(F.Calls[Id]).More)
      if (!More->Flavour.empty() && More->Regions.all().contains(Delta.Region))
        Flavour = More->Flavour;
  return Flavour;
}

/// What a function with a body has left open is closed.
void Analysis::noteClosing(const RegionDepth &D) {
  std::pair<CallId, unsigned> Opening(D.Mixed ? NoCall : D.opener(), D.Region);
  bool Counts = D.Mixed || (Opening.first != NoCall && In.ResultOf(F.Calls[Opening.first].Callee));
  if (Counts && !llvm::is_contained(Result.Closes, Opening))
    Result.Closes.push_back(Opening);
}

void Analysis::change(RegionDelta Delta, const FlowEvent &E, PathState &S, bool Final) {
  const RegionInfo &Info = In.M.regions()[Delta.Region];
  RegionDepth D = S.depth(Delta.Region);
  // Of what the callers have open, Effects::addDropped() says that it is closed, too.
  if (Delta.All && D.Lo > 1 && D.Lo == D.Hi)
    Delta.Lo = Delta.Hi = static_cast<int8_t>(-D.Lo);
  Touched.insert(Delta.Region);
  if (Delta.Lo > 0)
    Opened.insert(Delta.Region);
  if (Delta.Lo < 0 && D.Hi > 0) {
    ClosesOpen.insert({E.Made, Delta.Region});
    Location &Last = LastClosed[Delta.Region];
    Location Here = F.Calls[E.Made].Place;
    if (Last.Raw < Here.Raw)
      Last = Here;
    if (Final)
      noteClosing(D);
  }
  const FlavourSet Flavour = flavourOf(E, Delta);
  if (Final && Delta.Hi < 0 && D.Lo > 0 && !Flavour.empty() && !D.Flavour.empty() &&
      Flavour != D.Flavour) {
    BalanceProblem P{BalanceProblem::ClosedForOther, Delta.Region, Location(), E.Made, true};
    P.Opener = D.opener();
    P.ClosedFor = Flavour;
    P.OpenFor = D.Flavour;
    problem(P);
  }
  const Behaviour *More = F.Entities[In.Function].More;
  if (Delta.Hi < 0 && D.Lo == 1 && !S.isSaved(Delta.Region) && More &&
      More->SafeIn.contains(Delta.Region))
    ClosesEntry.insert({E.Made, Delta.Region});
  if (Final && !Info.Nests && Delta.Lo > 0)
    noteOpening(Delta.Region, E.Made, D);
  D.By = E.Made;
  D.Flavour = Delta.Lo > 0 ? Flavour : FlavourSet();
  if (Delta.Lo > 0 && D.Lo >= 0)
    for (int Level = D.Lo, End = std::min<int>(D.Lo + Delta.Lo, D.Openers.size()); Level < End;
         ++Level)
      D.Openers[Level] = E.Made;
  D.Mixed &= D.Lo > 0;
  D.Lo = addDepths(D.Lo, Delta.Lo);
  D.Hi = addDepths(D.Hi, Delta.Hi);
  if (!Info.Nests) {
    D.Lo = std::min<int8_t>(D.Lo, 1);
    D.Hi = std::min<int8_t>(D.Hi, 1);
  }
  auto IsTooDeep = [](int8_t Depth) { return Depth > MaxDepth && Depth != AnyDepth; };
  if (Final && (IsTooDeep(D.Hi) || IsTooDeep(-D.Lo)))
    noteTooDeep(D);
  // The other bound still holds: a lock held nine times is held.
  D.Hi = D.Hi > MaxDepth ? AnyDepth : std::max<int8_t>(D.Hi, -MaxDepth);
  D.Lo = D.Lo < -MaxDepth ? -AnyDepth : std::min<int8_t>(D.Lo, MaxDepth);
  S.setDepth(D);
}

/// A loop that opens a region in each round is a mistake; a function that opens it as
/// often by itself has to be given up (see run()).
void Analysis::noteTooDeep(const RegionDepth &D) {
  const RegionInfo &Info = In.M.regions()[D.Region];
  Location Loop = D.Lo == D.Hi && Info.Balanced ? loopAround(Current) : Location();
  if (Loop.isValid()) {
    Explained.insert(D.Region);
    problem({D.Lo > 0 ? BalanceProblem::OpenedInLoop : BalanceProblem::ClosedInLoop, D.Region, Loop,
             D.By, true});
  } else if (Info.Balanced || Info.RestrictsCalls || !Info.Forbids.empty() ||
             !Info.Absorbs.empty()) {
    TooDeep.insert(D.Region); // else it is nobody's business
  }
}

/// The innermost loop that a block is in; nowhere if it is in none.
Location Analysis::loopAround(BlockId Id) const {
  llvm::BitVector Reached(Body.Blocks.size());
  llvm::SmallVector<BlockId, 8> Left = {Id};
  while (!Left.empty())
    for (const FlowEdge &Edge : Body.Blocks[Left.pop_back_val()].Next)
      if (!Reached.test(Edge.To)) {
        Reached.set(Edge.To);
        Left.push_back(Edge.To);
      }
  for (BlockId Head = Id + 1; Head-- > 0;)
    if (Reached.test(Head) && Body.Blocks[Head].Loop.isValid())
      return Body.Blocks[Head].Loop;
  return Location();
}

/// A region that does not nest is opened: is it open already?
void Analysis::noteOpening(unsigned Region, CallId By, const RegionDepth &Before) {
  if (Before.Lo > 0) {
    problem({BalanceProblem::OpenedTwice, Region, Location(), By, true});
    return;
  }
  OpensClosed.insert({By, Region});
  if (Before.Lo == 0)
    Result.Opens.insert(Region);
}

/// What a call may do to the regions; none if nothing.
llvm::SmallVector<Outcome, 2> Analysis::outcomesOf(const FlowEvent &E) const {
  EntityId Callee = F.Calls[E.Made].Callee;
  const Entity &Entity = F.Entities[Callee];
  if (Entity.Kind == EntityKind::Macro && !Acting.lookup(E.Made))
    return {};
  if (Entity.changesRegions())
    return declaredOutcomes(*Entity.More, E.Regions);
  if (Entity.isSlot()) {
    llvm::ArrayRef<Outcome> Any = In.OutcomesIn ? In.OutcomesIn(Callee) : std::nullopt;
    return {Any.begin(), Any.end()};
  }
  const FunctionRegions *Known = In.ResultOf(Callee);
  if (!Known)
    return {};
  llvm::SmallVector<Outcome, 2> All(Known->Outcomes.begin(), Known->Outcomes.end());
  // The end of a scope knows better: see stepCall().
  if (E.Scope == NoValue && !Known->Unclear.empty())
    unite(All, Known->Unclear);
  return All;
}

/// A prototype that is marked as releasing a lock says nothing of the interrupts that were
/// disabled together with it: they may be on again. Of what markers opened, markers say all.
void Analysis::loosen(const Outcome &Happens, PathState &S) const {
  for (const RegionDelta &Delta : Happens.Deltas) {
    const CallId Opener = S.depth(Delta.Region).By;
    if (Delta.Lo >= 0 || Opener == NoCall || isOnlyMarked(Opener))
      continue;
    llvm::SmallVector<RegionDepth, 2> Others(S.depths());
    for (RegionDepth D : Others) {
      bool Said = llvm::any_of(Happens.Deltas,
                               [&](const RegionDelta &Other) { return Other.Region == D.Region; });
      if (D.By != Opener || Said || D.Lo <= 0)
        continue;
      D.Lo = addDepths(D.Lo, -1);
      S.setDepth(D);
    }
  }
}

bool Analysis::isPointer(ExprId Id) const {
  const FlowExpr &E = Body.Exprs[Id];
  return E.Is == FlowExpr::Value && Body.Values[E.Var].IsPointer;
}

/// False if it cannot happen in this state.
bool Analysis::apply(const Outcome &Happens, const FlowEvent &E, PathState &S, bool Final) {
  // Nobody takes a lock at NULL.
  for (ExprId Argument : E.Arguments)
    if (Argument != NoExpr && !Happens.Deltas.empty() && isPointer(Argument) &&
        !Eval.refine(Argument, true, S))
      return false;
  for (const ArgumentCondition &If : Happens.If) {
    if (If.Parameter >= E.Arguments.size())
      continue;
    ExprId Argument = E.Arguments[If.Parameter];
    if (holds(If, Eval.evaluate(Argument, S)) == false)
      return false;
    if (If.Is != ArgumentCondition::NonZero && If.Is != ArgumentCondition::Zero)
      continue;
    const bool Set = If.Is == ArgumentCondition::NonZero;
    if (If.Mask == ~uint64_t(0) ? !Eval.refine(Argument, Set, S)
                                : !Eval.refineBits(Argument, If.Mask, Set, S))
      return false;
  }
  if (isOnlyMarked(E.Made))
    loosen(Happens, S);
  for (const RegionDelta &Delta : Happens.Deltas)
    change(Delta, E, S, Final);
  Happens.Saves.forEach([&](unsigned Region) {
    RegionDepth D = S.depth(Region);
    Touched.insert(Region);
    S.Saved.push_back({Region, D.Lo, D.Hi, E.Made, D.Flavour});
    S.setDepth({Region, 0, 0, E.Made});
  });
  Happens.Restores.forEach([&](unsigned Region) {
    for (size_t I = S.Saved.size(); I-- > 0;) {
      SavedRegion Old = S.Saved[I];
      if (Old.Region != Region)
        continue;
      S.setDepth({Region, Old.Lo, Old.Hi, E.Made, Old.Flavour});
      S.Saved.erase(S.Saved.begin() + I);
      return;
    }
    if (F.Entities[In.Function].Inline)
      S.Restored.insert(Region);
    else if (Final)
      problem({BalanceProblem::RestoredNotSaved, Region, Location(), E.Made, true});
  });
  if (E.Target != NoValue) {
    S.assign(E.Target, Happens.Returns, Body);
    bool Opens = llvm::any_of(Happens.Deltas, [](const RegionDelta &D) { return D.Lo > 0; });
    S.setOpened(E.Target, Opens);
  }
  return true;
}

/// What was opened through a slot may be closed through another, of which the unit
/// does not see what is in it.
void Analysis::mayCloseSlots(PathState &S) const {
  for (RegionDepth D : llvm::SmallVector<RegionDepth, 2>(S.depths()))
    if (D.Lo > 0 && D.opener() != NoCall && F.callee(F.Calls[D.opener()]).isSlot()) {
      D.Lo = 0;
      S.setDepth(D);
    }
}

void Analysis::stepCall(const FlowEvent &E, States &Now, bool Final) {
  if (Final) {
    note(E, Now);
    const Entity &Callee = F.callee(F.Calls[E.Made]);
    if (isUnknown(Callee)) {
      CallsUnknown = UnknownInBlock = true;
      for (const PathState &S : Now)
        for (const RegionDepth &D : S.depths())
          if (D.Lo > 0)
            noteClosing(D);
    }
    if (const FunctionRegions *Known = In.ResultOf(F.Calls[E.Made].Callee))
      Known->Opens.forEach([&](unsigned Region) {
        for (const PathState &S : Now)
          noteOpening(Region, E.Made, S.depth(Region));
      });
  }
  llvm::SmallVector<Outcome, 2> Outcomes = outcomesOf(E);
  if (Outcomes.empty()) {
    for (PathState &S : Now) {
      if (E.Target != NoValue)
        S.assign(E.Target, Known(), Body);
      if (F.callee(F.Calls[E.Made]).isSlot())
        mayCloseSlots(S);
    }
    return;
  }
  States After;
  for (const PathState &S : Now) {
    // The end of a scope undoes what the variable's initialiser did, and
    // whether it did anything is in a field that we do not follow.
    std::optional<bool> Opened =
        E.Scope != NoValue && Outcomes.size() > 1 ? S.opened(E.Scope) : std::nullopt;
    bool Any = false;
    for (const Outcome &Happens : Outcomes) {
      if (Opened && *Opened == Happens.Deltas.empty())
        continue;
      PathState Next = S;
      if (apply(Happens, E, Next, Final)) {
        After.add(std::move(Next), By);
        Any = true;
      }
    }
    if (!Any)
      After.add(S, By);
  }
  Now = std::move(After);
}

void Analysis::assign(const FlowEvent &E, States &Now) {
  const FlowExpr *Source = E.Source == NoExpr ? nullptr : &Body.Exprs[E.Source];
  if (Source && Source->Is == FlowExpr::Select && llvm::is_contained(By.Telling, E.Target)) {
    States After;
    for (const PathState &S : Now)
      for (bool Arm : {true, false}) {
        PathState Next = S;
        if (!Eval.refine(Source->Operands[0], Arm, Next))
          continue;
        Next.assign(E.Target, Eval.evaluate(Source->Operands[Arm ? 1 : 2], Next), Body);
        After.add(std::move(Next), By);
      }
    Now = std::move(After);
    return;
  }
  for (PathState &S : Now) {
    S.assign(E.Target, Eval.evaluate(E.Source, S), Body);
    if (Source && (Source->Is == FlowExpr::Value || Source->Is == FlowExpr::Expansion))
      if (std::optional<bool> Opened = S.opened(Source->Var))
        S.setOpened(E.Target, *Opened);
  }
}

void Analysis::step(const FlowEvent &E, States &Now, bool Final) {
  switch (E.Is) {
  case FlowEvent::Call:
    stepCall(E, Now, Final);
    break;
  case FlowEvent::Assign:
    assign(E, Now);
    break;
  case FlowEvent::Forget:
    for (PathState &S : Now)
      S.assign(E.Target, Known(), Body);
    break;
  case FlowEvent::NonNull:
    Now.eraseIf([&](PathState &S) { return !Eval.refineTruth(E.Target, true, S); });
    break;
  case FlowEvent::Jump:
    for (PathState &S : Now)
      S.JumpedAt = E.At;
    break;
  case FlowEvent::Return:
    for (PathState &S : Now) {
      S.assign(Flow::ReturnValue, Eval.evaluate(E.Source, S), Body);
      S.ReturnedAt = E.At;
    }
    break;
  }
  bool Leaves = E.Is == FlowEvent::Jump || E.Is == FlowEvent::Return;
  if (Final && Leaves && (UnknownInBlock || Body.Blocks[Current].Stores))
    Delegates.insert(E.At.Raw);
}

/// A path for each thing that an argument may be: in `f(c ? A : B)` and `f(!c)`
/// it is known which, and what follows for the parameters.
llvm::SmallVector<PathState, 2> Analysis::forked(const FlowEvent &E,
                                                 llvm::ArrayRef<PathState> Now) {
  // A choice of what is told apart: of further arguments it is known what all of their
  // values share.
  constexpr size_t MaxPaths = 8;
  llvm::SmallVector<PathState, 2> Paths(Now.begin(), Now.end());
  for (ExprId Argument : E.Arguments) {
    if (Argument == NoExpr)
      continue;
    const FlowExpr &Is = Body.Exprs[Argument];
    bool Chooses = Is.Is == FlowExpr::Select;
    bool Asks = Is.Is == FlowExpr::Not || Is.Is == FlowExpr::And || Is.Is == FlowExpr::Or ||
                Is.Is == FlowExpr::Equal || Is.Is == FlowExpr::Less ||
                (Is.Is == FlowExpr::Value && Body.Values[Is.Var].Is == FlowValue::Masked);
    if ((!Chooses && !Asks) || Paths.size() * 2 > MaxPaths)
      continue;
    llvm::SmallVector<PathState, 2> Next;
    for (const PathState &S : Paths)
      for (bool Truth : {true, false}) {
        PathState Fork = S;
        if (Eval.refine(Chooses ? Is.Operands[0] : Argument, Truth, Fork))
          Next.push_back(std::move(Fork));
      }
    Paths = std::move(Next);
  }
  return Paths;
}

/// What is open at a call, and on which conditions control comes to it.
void Analysis::note(const FlowEvent &E, llvm::ArrayRef<PathState> Now) {
  CallSituations Noted{E.Made, {}};
  for (const PathState &S : forked(E, Now)) {
    Situation Way;
    for (const RegionDepth &D : S.depths()) {
      if (D.Lo > 0)
        Way.Open.push_back({D.Region, D.opener(), D.Flavour});
      else if (D.Hi > 0)
        Way.Maybe.insert(D.Region);
      if (D.Lo > 1)
        Way.Deep.insert(D.Region);
      if (D.Lo < 0)
        Way.Dropped.insert(D.Region);
      if (D.Lo < -1)
        Way.DroppedDeep.insert(D.Region);
    }
    Way.If = conditionsOn(S, Body);
    answer(S, F, Body, Way);
    for (ExprId Argument : E.Arguments)
      Way.Arguments.push_back(Eval.evaluate(Argument, S));
    Noted.Ways.push_back(std::move(Way));
  }
  if (Noted.Ways.empty())
    return;
  Result.Calls.push_back(std::move(Noted));
  CallBlocks.push_back(Current);
}

/// A loop goes round until something changes that nobody here assigns.
void Analysis::forgetMemory(const FlowBlock &B, States &Now) const {
  llvm::BitVector Looked(Body.Exprs.size());
  llvm::SmallVector<ValueId, 4> Reads;
  addReads(Body, B.Condition, Looked, Reads);
  for (ValueId V : Reads)
    if (Body.Values[V].Is == FlowValue::Memory)
      for (PathState &S : Now)
        S.assign(V, Known(), Body);
}

/// The state beyond an edge; nothing if the edge is not taken in it.
std::optional<PathState> Analysis::along(const FlowBlock &B, const FlowEdge &Edge, PathState S) {
  bool Possible = Spent.step(1 + S.facts().size());
  if (Edge.Is == FlowEdge::IfTrue || Edge.Is == FlowEdge::IfFalse)
    Possible = Possible && Eval.refine(B.Condition, Edge.Is == FlowEdge::IfTrue, S);
  for (int64_t Number : Edge.Numbers)
    Possible = Possible && Eval.refineEqual(B.Condition, Number, Edge.Is == FlowEdge::IfEqual, S);
  if (Edge.Also != NoExpr)
    Possible = Possible && Eval.refine(Edge.Also, Edge.AlsoTruth, S);
  if (!Possible)
    return std::nullopt;
  return S;
}

/// Whether a branch is decided by what the callers pass, or has been on the only way
/// here. (Where there are several, a variable may remember what was decided on each.)
bool Analysis::callersDecide(const FlowBlock &B, const States &Now) {
  bool AsksCallers = llvm::any_of(B.Next, [&](const FlowEdge &Edge) {
    std::optional<PathState> After = along(B, Edge, PathState());
    return After && !conditionsOn(*After, Body).empty();
  });
  bool Known = llvm::any_of(B.Next, [&](const FlowEdge &Edge) {
    return llvm::none_of(Now, [&](const PathState &S) { return along(B, Edge, S).has_value(); });
  });
  return Known || (AsksCallers && llvm::all_of(Now, [&](const PathState &S) {
                     auto Before = conditionsOn(S, Body);
                     return llvm::any_of(B.Next, [&](const FlowEdge &Edge) {
                       std::optional<PathState> After = along(B, Edge, S);
                       return !After || conditionsOn(*After, Body) != Before;
                     });
                   }));
}

void Analysis::walk(BlockId Id, bool Final) {
  Current = Id;
  UnknownInBlock = false;
  const FlowBlock &B = Body.Blocks[Id];
  States Now = Begin[Id];
  for (const FlowEvent &E : B.Events) {
    if (!Spent.step(Now.size()))
      return;
    step(E, Now, Final);
  }
  if (B.DecidesLoop)
    forgetMemory(B, Now);
  if (B.IsExit && Final)
    AtExit = Now;
  if (Final) {
    Decided[Id] = B.Next.size() > 1 && callersDecide(B, Now);
    return;
  }
  for (const FlowEdge &Edge : B.Next)
    for (const PathState &S : Now)
      if (std::optional<PathState> Next = along(B, Edge, S))
        if (Begin[Edge.To].add(std::move(*Next), By))
          Pending.insert(Edge.To);
}

/// Each round knows less, so it comes to an end.
void Analysis::fixpoint() {
  PathState Start;
  if (const Behaviour *More = F.Entities[In.Function].More)
    More->SafeIn.forEach([&](unsigned Region) { Start.setDepth({Region, 1, 1, NoCall}); });
  Begin[0].add(std::move(Start), By);
  Pending.insert(0);
  while (!Pending.empty() && Spent.step()) {
    BlockId Id = *Pending.begin();
    Pending.erase(Pending.begin());
    walk(Id, /*Final=*/false);
  }
}

/// All that the calls of the function change, whatever way it takes.
RegionSet Analysis::mayChange() const {
  RegionSet All;
  for (const Call &C : F.Calls) {
    if (C.In != In.Function)
      continue;
    if (const Behaviour *More = F.callee(C).More) {
      All |= More->Regions.all();
      if (More->Acquires || More->Releases)
        for (unsigned Region = 0; Region < In.M.regions().size(); ++Region)
          All.insert(Region);
    }
    if (const FunctionRegions *Known = In.ResultOf(C.Callee))
      for (const Outcome &Happens : Known->Outcomes) {
        All |= Happens.Saves | Happens.Restores;
        for (const RegionDelta &Delta : Happens.Deltas)
          All.insert(Delta.Region);
      }
  }
  return All;
}

/// Where states were joined that differ, some paths are none, and it is lost what some
/// calls depend on: what is known is only what may be.
void Analysis::weaken() {
  Result.Problems.clear();
  Result.Keeps.clear();
  Result.Opens = RegionSet();
  for (CallSituations &Here : Result.Calls) {
    Here.Decisions = MaxDecisions;
    for (Situation &At : Here.Ways) {
      At.Maybe |= At.open();
      At.Open.clear();
      At.Deep = RegionSet();
    }
  }
  Result.Outcomes = anyOutcome(Touched);
}

/// Of memory nobody knows what it has to do with other memory, or with itself on the second look.
static bool seesAllConditions(const Flow &Body) {
  std::vector<bool> Answers(Body.Values.size());
  for (const FlowBlock &B : Body.Blocks)
    for (const FlowEvent &E : B.Events)
      if (E.Is == FlowEvent::Call && E.Target != NoValue)
        Answers[E.Target] = true;
  std::vector<bool> Seen(Body.Exprs.size()); // operands stand before what they are operands of
  for (ExprId Id = 0; Id < Body.Exprs.size(); ++Id) {
    const FlowExpr &E = Body.Exprs[Id];
    bool IsKnown = E.Is != FlowExpr::Unknown;
    if (E.Is == FlowExpr::Value) {
      const ValueId Whole =
          Body.Values[E.Var].Is == FlowValue::Masked ? Body.Values[E.Var].Base : E.Var;
      const FlowValue::Kind Is = Body.Values[Whole].Is;
      IsKnown = Is == FlowValue::Result ? Answers[Whole] : Is != FlowValue::Memory;
    }
    Seen[Id] = IsKnown && llvm::all_of(E.Operands, [&](ExprId Operand) {
                 return Operand == NoExpr || Seen[Operand];
               });
  }
  return llvm::all_of(
      Body.Blocks, [&](const FlowBlock &B) { return B.Condition == NoExpr || Seen[B.Condition]; });
}

FunctionRegions Analysis::run() {
  if (Body.TooLarge)
    Spent.step(Budget::Steps + 1);
  findActing();
  fixpoint();
  for (BlockId Id = 0; Id < Body.Blocks.size() && Spent.step(); ++Id)
    if (!Begin[Id].empty())
      walk(Id, /*Final=*/true);
  if (!Spent.step()) {
    Result = FunctionRegions();
    Result.Outcomes = anyOutcome(mayChange());
    Result.GivenUp = Spent.broken();
    return std::move(Result);
  }
  if (!(TooDeep - Explained).empty())
    Spent.giveUp(Limit::Depth);
  std::vector<uint8_t> Decisions = decisionsBefore(Body, Decided);
  for (size_t I = 0; I < CallBlocks.size(); ++I)
    Result.Calls[I].Decisions = Decisions[CallBlocks[I]];
  llvm::sort(Result.Calls, [](const CallSituations &A, const CallSituations &B) {
    return A.Call < B.Call; // as they are written
  });
  concludeBalance({In, AtExit, Touched, Opened, CallsUnknown, ClosesEntry, ClosesOpen, OpensClosed,
                   LastClosed, Delegates, Spent},
                  Result);
  Result.GivenUp = Spent.broken();
  if (By.Collapsed)
    weaken();
  Result.SeesAllConditions = !Result.Problems.empty() && seesAllConditions(Body);
  return std::move(Result);
}

} // namespace

FunctionRegions analyseRegions(const RegionInput &Input) { return Analysis(Input).run(); }

} // namespace airlock
