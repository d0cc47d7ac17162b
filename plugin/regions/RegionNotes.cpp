// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/RegionNotes.h"
#include "model/Model.h"
#include "regions/Decisions.h"
#include "regions/Outcomes.h"

namespace airlock {

RegionNotes::RegionNotes(const RegionInput &In, RegionTransfer &Carried, FunctionEnd &End,
                         FunctionRegions &Result)
    : In(In), F(In.F), Body(In.Body), Carried(Carried), End(End), Result(Result),
      Decided(Body.Blocks.size()) {
  Carried.setListener(this);
}

RegionNotes::~RegionNotes() { Carried.setListener(nullptr); }

void RegionNotes::problem(BalanceProblem P) {
  if (In.M.regions()[P.Region].Balanced)
    Result.Problems.push_back(P);
}

void RegionNotes::enter(BlockId Id) {
  Current = Id;
  UnknownInBlock = false;
}

void RegionNotes::before(const FlowEvent &E, const States &Now) {
  if (E.Is != FlowEvent::Call)
    return;
  noteCall(E, Now);
  const Entity &Callee = F.callee(F.Calls[E.Made]);
  if (Callee.isSlot() || (!Callee.HasBody && !Callee.Modelled && !Callee.More)) {
    End.CallsUnknown = UnknownInBlock = true;
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

void RegionNotes::after(const FlowEvent &E, const States &) {
  bool Leaves = E.Is == FlowEvent::Jump || E.Is == FlowEvent::Return;
  if (Leaves && (UnknownInBlock || Body.Blocks[Current].Stores))
    End.Delegates.insert(E.At.Raw);
}

void RegionNotes::leave(BlockId Id, const States &Now) {
  const FlowBlock &B = Body.Blocks[Id];
  if (B.IsExit)
    End.AtExit = Now;
  Decided[Id] = B.Next.size() > 1 && callersDecide(B, Now);
}

void RegionNotes::changes(const RegionChange &Is) {
  const auto &[By, Delta, Flavour, D, IsSaved] = Is;
  End.Touched.insert(Delta.Region);
  if (Delta.Lo > 0)
    End.Opened.insert(Delta.Region);
  if (Delta.Lo < 0 && D.Hi > 0) {
    End.ClosesOpen.insert({By, Delta.Region});
    Location &Last = End.LastClosed[Delta.Region];
    Location Here = F.Calls[By].Place;
    if (Last.Raw < Here.Raw)
      Last = Here;
    noteClosing(D);
  }
  const bool IsOther =
      D.Flavour.empty() ? !D.Used.empty() && (Flavour & D.Used).empty() : Flavour != D.Flavour;
  if (Delta.Hi < 0 && D.Lo > 0 && !Flavour.empty() && IsOther) {
    BalanceProblem P{BalanceProblem::ClosedForOther, Delta.Region, Location(), By, true};
    P.Opener = D.opener();
    P.ClosedFor = Flavour;
    P.OpenFor = D.Flavour;
    P.UsedFor = D.Used;
    problem(P);
  }
  const Behaviour *More = F.Entities[In.Function].More;
  if (Delta.Hi < 0 && D.Lo == 1 && !IsSaved && More && More->SafeIn.contains(Delta.Region))
    End.ClosesEntry.insert({By, Delta.Region});
  if (!In.M.regions()[Delta.Region].Nests && Delta.Lo > 0)
    noteOpening(Delta.Region, By, D);
}

void RegionNotes::saves(unsigned Region) { End.Touched.insert(Region); }

void RegionNotes::restoresUnsaved(unsigned Region, CallId By) {
  problem({BalanceProblem::RestoredNotSaved, Region, Location(), By, true});
}

/// What a function with a body has left open is closed.
void RegionNotes::noteClosing(const RegionDepth &D) {
  std::pair<CallId, unsigned> Opening(D.Mixed ? NoCall : D.opener(), D.Region);
  bool Counts = D.Mixed || (Opening.first != NoCall && In.ResultOf(F.Calls[Opening.first].Callee));
  if (Counts && !llvm::is_contained(Result.Closes, Opening))
    Result.Closes.push_back(Opening);
}

/// A loop that opens a region in each round is a mistake; a function that opens it as
/// often by itself has to be given up (see run()).
void RegionNotes::goesTooDeep(const RegionDepth &D) {
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
Location RegionNotes::loopAround(BlockId Id) const {
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
void RegionNotes::noteOpening(unsigned Region, CallId By, const RegionDepth &Before) {
  if (Before.Lo > 0) {
    problem({BalanceProblem::OpenedTwice, Region, Location(), By, true});
    return;
  }
  End.OpensClosed.insert({By, Region});
  if (Before.Lo == 0)
    Result.Opens.insert(Region);
}

/// A path for each thing that an argument may be: in `f(c ? A : B)` and `f(!c)`
/// it is known which, and what follows for the parameters.
llvm::SmallVector<PathState, 2> RegionNotes::forked(const FlowEvent &E,
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
        if (Carried.values().refine(Chooses ? Is.Operands[0] : Argument, Truth, Fork))
          Next.push_back(std::move(Fork));
      }
    Paths = std::move(Next);
  }
  return Paths;
}

/// What is open at a call, and on which conditions control comes to it.
void RegionNotes::noteCall(const FlowEvent &E, llvm::ArrayRef<PathState> Now) {
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
    answer(S, F, In.M, Body, Way);
    for (ExprId Argument : E.Arguments)
      Way.Arguments.push_back(Carried.values().evaluate(Argument, S));
    Noted.Ways.push_back(std::move(Way));
  }
  if (Noted.Ways.empty())
    return;
  Result.Calls.push_back(std::move(Noted));
  CallBlocks.push_back(Current);
}

/// Whether a branch is decided by what the callers pass, or has been on the only way
/// here. (Where there are several, a variable may remember what was decided on each.)
bool RegionNotes::callersDecide(const FlowBlock &B, const States &Now) {
  bool AsksCallers = llvm::any_of(B.Next, [&](const FlowEdge &Edge) {
    std::optional<PathState> After = Carried.along(B, Edge, PathState());
    return After && !conditionsOn(*After, Body).empty();
  });
  bool Known = llvm::any_of(B.Next, [&](const FlowEdge &Edge) {
    return llvm::none_of(Now,
                         [&](const PathState &S) { return Carried.along(B, Edge, S).has_value(); });
  });
  return Known || (AsksCallers && llvm::all_of(Now, [&](const PathState &S) {
                     auto Before = conditionsOn(S, Body);
                     return llvm::any_of(B.Next, [&](const FlowEdge &Edge) {
                       std::optional<PathState> After = Carried.along(B, Edge, S);
                       return !After || conditionsOn(*After, Body) != Before;
                     });
                   }));
}

void RegionNotes::finish() {
  std::vector<uint8_t> Decisions = decisionsBefore(Body, Decided);
  for (size_t I = 0; I < CallBlocks.size(); ++I)
    Result.Calls[I].Decisions = Decisions[CallBlocks[I]];
  llvm::sort(Result.Calls, [](const CallSituations &A, const CallSituations &B) {
    return A.Call < B.Call; // as they are written
  });
}

} // namespace airlock
