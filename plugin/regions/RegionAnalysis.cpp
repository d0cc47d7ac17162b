// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/RegionAnalysis.h"
#include "model/Model.h"
#include "regions/Balance.h"
#include "regions/Decisions.h"
#include "regions/Evaluate.h"
#include "regions/Outcomes.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

namespace airlock {

namespace {

/// States that do not agree, in the order they came up.
using States = llvm::SmallVector<PathState, 2>;

class Analysis {
public:
  explicit Analysis(const RegionInput &In)
      : In(In), F(In.F), Body(In.Body), Eval{In.Body, Acting}, Begin(Body.Blocks.size()),
        Decided(Body.Blocks.size()) {}

  FunctionRegions run();

private:
  /// With more states than this, paths are joined that differ.
  static constexpr size_t MaxStates = 32;
  /// No block is walked more often: the flow of real code needs a few rounds.
  static constexpr unsigned MaxRounds = 64;

  void findActing();
  void findTelling();
  bool isConstant(ExprId Id) const;
  bool isPointer(ExprId Id) const;
  void noteUses(ExprId Id, llvm::BitVector &Used) const;
  bool fixpoint();
  bool add(States &To, PathState S);
  void walk(BlockId Id, bool Final);
  std::optional<PathState> along(const FlowBlock &B, const FlowEdge &Edge, PathState S) const;
  bool callersDecide(const FlowBlock &B, const States &Now) const;
  void step(const FlowEvent &E, States &Now, bool Final);
  void stepCall(const FlowEvent &E, States &Now, bool Final);
  void assign(const FlowEvent &E, States &Now);
  void note(const FlowEvent &E, llvm::ArrayRef<PathState> Now);
  States forked(const FlowEvent &E, llvm::ArrayRef<PathState> Now) const;
  llvm::SmallVector<Outcome, 2> outcomesOf(const FlowEvent &E) const;
  bool apply(const Outcome &Happens, const FlowEvent &E, PathState &S, bool Final);
  void noteOpening(unsigned Region, CallId By, const RegionDepth &Before);
  void change(const RegionDelta &Delta, const FlowEvent &E, PathState &S, bool Final);
  void forgetMemory(ExprId Id, PathState &S) const;
  void problem(BalanceProblem P) {
    if (In.M.regions()[P.Region].Balanced)
      Result.Problems.push_back(P);
  }

  const RegionInput &In;
  const Facts &F;
  const Flow &Body;
  llvm::DenseMap<CallId, bool> Acting;
  Evaluator Eval;
  llvm::SmallVector<ValueId, 4> Telling;
  std::vector<States> Begin;
  std::set<BlockId> Pending;
  States AtExit;
  RegionSet Touched, Opened;
  bool CallsUnknown = false;
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

bool Analysis::isConstant(ExprId Id) const {
  if (Id == NoExpr)
    return false;
  const FlowExpr &E = Body.Exprs[Id];
  return E.Is == FlowExpr::Constant ||
         (E.Is == FlowExpr::Select && isConstant(E.Operands[1]) && isConstant(E.Operands[2]));
}

void Analysis::noteUses(ExprId Id, llvm::BitVector &Used) const {
  if (Id == NoExpr)
    return;
  const FlowExpr &E = Body.Exprs[Id];
  if (E.Is == FlowExpr::Value)
    Used.set(E.Var);
  for (ExprId Operand : E.Operands)
    noteUses(Operand, Used);
}

/// Variables that only ever get a few constants are how code remembers the
/// path it took: `locked = true`, `gfp = GFP_ATOMIC`. They keep states apart.
void Analysis::findTelling() {
  constexpr unsigned MaxTelling = 4, MaxConstants = 3;
  llvm::BitVector Used(Body.Values.size()), Other(Body.Values.size());
  std::vector<llvm::SmallVector<ExprId, 3>> Sources(Body.Values.size());
  for (const FlowBlock &B : Body.Blocks) {
    noteUses(B.Condition, Used);
    for (const FlowEvent &E : B.Events) {
      for (ExprId Argument : E.Arguments)
        noteUses(Argument, Used);
      if (E.Is == FlowEvent::Assign && isConstant(E.Source))
        Sources[E.Target].push_back(E.Source);
      else if (E.Target != NoValue && E.Is != FlowEvent::NonNull)
        Other.set(E.Target);
    }
  }
  for (ValueId V = 0; V < Body.Values.size() && Telling.size() < MaxTelling; ++V)
    if (Used.test(V) && !Other.test(V) && Body.Values[V].Is == FlowValue::Variable &&
        !Body.Values[V].Parameter && !Sources[V].empty() && Sources[V].size() <= MaxConstants)
      Telling.push_back(V);
}

/// Adds a state to those at one place; true if the place has to be walked again.
bool Analysis::add(States &To, PathState S) {
  for (PathState &Mine : To)
    if (Mine.agrees(S, Telling, Body))
      return Mine.join(S, Body);
  To.push_back(std::move(S));
  if (To.size() <= MaxStates)
    return true;
  // First give up the values that tell paths apart, then the paths.
  for (bool Regions : {true, false}) {
    States Fewer;
    for (PathState &Each : To) {
      auto Same =
          llvm::find_if(Fewer, [&](const PathState &O) { return !Regions || O.sameRegions(Each); });
      if (Same == Fewer.end())
        Fewer.push_back(std::move(Each));
      else
        Same->join(Each, Body);
    }
    To = std::move(Fewer);
    if (To.size() <= MaxStates / 2)
      break;
  }
  return true;
}

void Analysis::change(const RegionDelta &Delta, const FlowEvent &E, PathState &S, bool Final) {
  const RegionInfo &Info = In.M.regions()[Delta.Region];
  RegionDepth D = S.depth(Delta.Region);
  Touched.insert(Delta.Region);
  if (Delta.Lo > 0)
    Opened.insert(Delta.Region);
  if (Delta.Lo < 0 && D.Hi > 0)
    ClosesOpen.insert({E.Made, Delta.Region});
  const Behaviour *More = F.Entities[In.Function].More;
  if (Delta.Lo < 0 && D.Lo == 1 && !S.isSaved(Delta.Region) && More &&
      More->SafeIn.contains(Delta.Region))
    ClosesEntry.insert({E.Made, Delta.Region});
  if (Final && !Info.Nests && Delta.Lo > 0)
    noteOpening(Delta.Region, E.Made, D);
  int Lo = D.Lo + Delta.Lo, Hi = D.Hi + Delta.Hi;
  if (!Info.Nests) {
    Lo = std::min(Lo, 1);
    Hi = std::min(Hi, 1);
  }
  constexpr int Max = PathState::MaxDepth;
  if (Final && Lo == Hi && (Lo > Max || Lo < -Max)) {
    BlockId Loop = Current;
    while (Loop && !Body.Blocks[Loop].Loop.isValid())
      --Loop;
    if (Body.Blocks[Loop].Loop.isValid())
      problem({Lo > 0 ? BalanceProblem::OpenedInLoop : BalanceProblem::ClosedInLoop, Delta.Region,
               Body.Blocks[Loop].Loop, E.Made, true});
  }
  if (Lo > Max) // from here on nobody knows how deep
    Lo = -Max;
  if (Hi < -Max)
    Hi = Max;
  D.Lo = static_cast<int8_t>(std::max(Lo, -Max));
  D.Hi = static_cast<int8_t>(std::min(Hi, Max));
  D.By = E.Made;
  S.setDepth(D);
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
  const FunctionRegions *Known = In.ResultOf(Callee);
  if (!Known)
    return {};
  llvm::SmallVector<Outcome, 2> All(Known->Outcomes.begin(), Known->Outcomes.end());
  // The end of a scope knows better: see stepCall().
  if (E.Scope == NoValue && !Known->Unclear.empty())
    unite(All, Known->Unclear);
  return All;
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
    if (If.Mask == ~uint64_t(0) &&
        (If.Is == ArgumentCondition::NonZero || If.Is == ArgumentCondition::Zero) &&
        !Eval.refine(Argument, If.Is == ArgumentCondition::NonZero, S))
      return false;
  }
  for (const RegionDelta &Delta : Happens.Deltas)
    change(Delta, E, S, Final);
  Happens.Saves.forEach([&](unsigned Region) {
    RegionDepth D = S.depth(Region);
    Touched.insert(Region);
    S.Saved.push_back({Region, D.Lo, D.Hi, E.Made});
    S.setDepth({Region, 0, 0, E.Made});
  });
  Happens.Restores.forEach([&](unsigned Region) {
    for (size_t I = S.Saved.size(); I-- > 0;) {
      SavedRegion Old = S.Saved[I];
      if (Old.Region != Region)
        continue;
      S.setDepth({Region, Old.Lo, Old.Hi, E.Made});
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

void Analysis::stepCall(const FlowEvent &E, States &Now, bool Final) {
  if (Final) {
    note(E, Now);
    const Entity &Callee = F.callee(F.Calls[E.Made]);
    CallsUnknown |= Callee.isSlot() || (!Callee.HasBody && !Callee.Modelled && !Callee.More);
    if (const FunctionRegions *Known = In.ResultOf(F.Calls[E.Made].Callee))
      Known->Opens.forEach([&](unsigned Region) {
        for (const PathState &S : Now)
          noteOpening(Region, E.Made, S.depth(Region));
      });
  }
  llvm::SmallVector<Outcome, 2> Outcomes = outcomesOf(E);
  if (Outcomes.empty()) {
    if (E.Target != NoValue)
      for (PathState &S : Now)
        S.assign(E.Target, Known(), Body);
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
        add(After, std::move(Next));
        Any = true;
      }
    }
    if (!Any)
      add(After, S);
  }
  Now = std::move(After);
}

void Analysis::assign(const FlowEvent &E, States &Now) {
  const FlowExpr *Source = E.Source == NoExpr ? nullptr : &Body.Exprs[E.Source];
  if (Source && Source->Is == FlowExpr::Select && llvm::is_contained(Telling, E.Target)) {
    States After;
    for (const PathState &S : Now)
      for (bool Arm : {true, false}) {
        PathState Next = S;
        if (!Eval.refine(Source->Operands[0], Arm, Next))
          continue;
        Next.assign(E.Target, Eval.evaluate(Source->Operands[Arm ? 1 : 2], Next), Body);
        add(After, std::move(Next));
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
    llvm::erase_if(Now, [&](PathState &S) { return !Eval.refineTruth(E.Target, true, S); });
    break;
  case FlowEvent::Return:
    for (PathState &S : Now) {
      S.assign(Flow::ReturnValue, Eval.evaluate(E.Source, S), Body);
      S.ReturnedAt = E.At;
    }
    break;
  }
}

/// A path for each thing that an argument may be: in `f(c ? A : B)` and `f(!c)`
/// it is known which, and what follows for the parameters.
States Analysis::forked(const FlowEvent &E, llvm::ArrayRef<PathState> Now) const {
  constexpr size_t MaxPaths = 8;
  States Paths(Now.begin(), Now.end());
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
    States Next;
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
        Way.Open.push_back({D.Region, D.By});
      else if (D.Hi > 0)
        Way.Maybe.insert(D.Region);
      if (D.Lo < 0)
        Way.Dropped.insert(D.Region);
    }
    Way.If = conditionsOn(S, Body);
    Way.Lifted = liftedBy(S, F, Body);
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
void Analysis::forgetMemory(ExprId Id, PathState &S) const {
  if (Id == NoExpr)
    return;
  const FlowExpr &E = Body.Exprs[Id];
  if (E.Is == FlowExpr::Value && Body.Values[E.Var].Is == FlowValue::Memory)
    S.assign(E.Var, Known(), Body);
  for (ExprId Operand : E.Operands)
    forgetMemory(Operand, S);
}

/// The state beyond an edge; nothing if the edge is not taken in it.
std::optional<PathState> Analysis::along(const FlowBlock &B, const FlowEdge &Edge,
                                         PathState S) const {
  bool Possible = true;
  if (Edge.Is == FlowEdge::IfTrue || Edge.Is == FlowEdge::IfFalse)
    Possible = Eval.refine(B.Condition, Edge.Is == FlowEdge::IfTrue, S);
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
bool Analysis::callersDecide(const FlowBlock &B, const States &Now) const {
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
  const FlowBlock &B = Body.Blocks[Id];
  States Now = Begin[Id];
  for (const FlowEvent &E : B.Events)
    step(E, Now, Final);
  if (B.DecidesLoop)
    for (PathState &S : Now)
      forgetMemory(B.Condition, S);
  if (B.IsExit && Final)
    AtExit = Now;
  if (Final) {
    Decided[Id] = B.Next.size() > 1 && callersDecide(B, Now);
    return;
  }
  for (const FlowEdge &Edge : B.Next)
    for (const PathState &S : Now)
      if (std::optional<PathState> Next = along(B, Edge, S))
        if (add(Begin[Edge.To], std::move(*Next)))
          Pending.insert(Edge.To);
}

/// False if it takes too long; then nothing is known of the function.
bool Analysis::fixpoint() {
  std::vector<unsigned> Rounds(Body.Blocks.size());
  PathState Start;
  if (const Behaviour *More = F.Entities[In.Function].More)
    More->SafeIn.forEach([&](unsigned Region) { Start.setDepth({Region, 1, 1, NoCall}); });
  Begin[0].push_back(std::move(Start));
  Pending.insert(0);
  while (!Pending.empty()) {
    BlockId Id = *Pending.begin();
    Pending.erase(Pending.begin());
    if (++Rounds[Id] > MaxRounds)
      return false;
    walk(Id, /*Final=*/false);
  }
  return true;
}

FunctionRegions Analysis::run() {
  findActing();
  findTelling();
  if (!fixpoint())
    return {};
  for (BlockId Id = 0; Id < Body.Blocks.size(); ++Id)
    if (!Begin[Id].empty())
      walk(Id, /*Final=*/true);
  std::vector<uint8_t> Decisions = decisionsBefore(Body, Decided);
  for (size_t I = 0; I < CallBlocks.size(); ++I)
    Result.Calls[I].Decisions = Decisions[CallBlocks[I]];
  llvm::sort(Result.Calls, [](const CallSituations &A, const CallSituations &B) {
    return A.Call < B.Call; // as they are written
  });
  concludeBalance({In, AtExit, Touched, Opened, CallsUnknown, ClosesEntry, ClosesOpen, OpensClosed},
                  Result);
  return std::move(Result);
}

} // namespace

FunctionRegions analyseRegions(const RegionInput &Input) { return Analysis(Input).run(); }

} // namespace airlock
