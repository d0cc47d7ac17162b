// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/RegionAnalysis.h"
#include "model/Model.h"
#include "regions/Balance.h"
#include "regions/Decisions.h"
#include "regions/Outcomes.h"
#include "regions/RegionNotes.h"
#include "regions/RegionTransfer.h"
#include "support/ForwardSolver.h"

namespace airlock {

/// All that the calls of the function change, whatever way it takes.
static RegionSet mayChange(const RegionInput &In) {
  const Facts &F = In.F;
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
static void weaken(FunctionRegions &Result, RegionSet Touched) {
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

FunctionRegions analyseRegions(const RegionInput &In) {
  Budget Spent;
  if (In.Body.TooLarge)
    Spent.step(Budget::Steps + 1);
  FunctionRegions Result;
  FunctionEnd End;
  RegionTransfer Domain(In, Spent);
  const BlockStates<RegionTransfer> At = solveForward(In.Body.Blocks, Domain, Domain.begin());
  {
    RegionNotes Notes(In, Domain, End, Result);
    if (!Spent.step() || !observe(In.Body.Blocks, Domain, At, Notes) || !Spent.step()) {
      Result = FunctionRegions();
      Result.Outcomes = anyOutcome(mayChange(In));
      Result.GivenUp = Spent.broken();
      return Result;
    }
    if (Notes.isTooDeep())
      Spent.giveUp(Limit::Depth);
    Notes.finish();
  }
  concludeBalance(In, End, Spent, Result);
  Result.GivenUp = Spent.broken();
  if (Domain.hasCollapsed())
    weaken(Result, End.Touched);
  Result.SeesAllConditions = !Result.Problems.empty() && seesAllConditions(In.Body);
  return Result;
}

} // namespace airlock
