// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "regions/RegionTransfer.h"
#include "model/Model.h"
#include "regions/Outcomes.h"
#include "regions/Reads.h"

namespace airlock {

RegionTransfer::RegionTransfer(const RegionInput &In, Budget &Spent)
    : In(In), F(In.F), Body(In.Body), Spent(Spent), Eval(In.Body, Acting, Spent),
      By{In.Body, tellingValues(In.Body), Spent} {
  findActing();
}

States RegionTransfer::begin() {
  PathState Start;
  if (const Behaviour *More = F.Entities[In.Function].More)
    More->SafeIn.forEach([&](unsigned Region) { Start.setDepth({Region, 1, 1, NoCall}); });
  States Begin;
  Begin.add(std::move(Start), By);
  return Begin;
}

/// A macro changes a region by itself only if nothing in its expansion does:
/// `user_access_begin` is a macro around the function of that name on x86, and
/// all there is on a machine without such regions.
void RegionTransfer::findActing() {
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
FlavourSet RegionTransfer::flavourOf(const FlowEvent &E, const RegionDelta &Delta) const {
  FlavourSet Flavour = Delta.Flavour;
  for (CallId Id = E.Made; Id != NoCall; Id = F.Calls[Id].Outer)
    if (const Behaviour *More = F.callee(F.Calls[Id]).More)
      if (!More->Flavour.empty() && More->Regions.all().contains(Delta.Region))
        Flavour = More->Flavour;
  return Flavour;
}

void RegionTransfer::change(RegionDelta Delta, const FlowEvent &E, PathState &S) {
  const RegionInfo &Info = In.M.regions()[Delta.Region];
  RegionDepth D = S.depth(Delta.Region);
  // Of what the callers have open, Effects::addDropped() says that it is closed, too.
  if (Delta.All && D.Lo > 1 && D.Lo == D.Hi)
    Delta.Lo = Delta.Hi = static_cast<int8_t>(-D.Lo);
  const FlavourSet Flavour = flavourOf(E, Delta);
  if (Listener)
    Listener->changes({E.Made, Delta, Flavour, D, S.isSaved(Delta.Region)});
  D.By = E.Made;
  D.Flavour = Delta.Lo > 0 ? Flavour : FlavourSet();
  D.Used = FlavourSet();
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
  if (Listener && (IsTooDeep(D.Hi) || IsTooDeep(-D.Lo)))
    Listener->goesTooDeep(D);
  // The other bound still holds: a lock held nine times is held.
  D.Hi = D.Hi > MaxDepth ? AnyDepth : std::max<int8_t>(D.Hi, -MaxDepth);
  D.Lo = D.Lo < -MaxDepth ? -AnyDepth : std::min<int8_t>(D.Lo, MaxDepth);
  S.setDepth(D);
}

/// What a call may do to the regions; none if nothing.
llvm::SmallVector<Outcome, 2> RegionTransfer::outcomesOf(const FlowEvent &E) const {
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
  // The end of a scope knows better: see call().
  if (E.Scope == NoValue && !Known->Unclear.empty())
    unite(All, Known->Unclear);
  return All;
}

/// A prototype that is marked as releasing a lock says nothing of the interrupts that were
/// disabled together with it: they may be on again. Of what markers opened, markers say all.
void RegionTransfer::loosen(const Outcome &Happens, PathState &S) const {
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

bool RegionTransfer::isPointer(ExprId Id) const {
  const FlowExpr &E = Body.Exprs[Id];
  return E.Is == FlowExpr::Value && Body.Values[E.Var].IsPointer;
}

/// False if it cannot happen in this state.
bool RegionTransfer::happens(const Outcome &Happens, const FlowEvent &E, PathState &S) {
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
    change(Delta, E, S);
  Happens.Saves.forEach([&](unsigned Region) {
    RegionDepth D = S.depth(Region);
    if (Listener)
      Listener->saves(Region);
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
    else if (Listener)
      Listener->restoresUnsaved(Region, E.Made);
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
void RegionTransfer::mayCloseSlots(PathState &S) const {
  for (RegionDepth D : llvm::SmallVector<RegionDepth, 2>(S.depths()))
    if (D.Lo > 0 && D.opener() != NoCall && F.callee(F.Calls[D.opener()]).isSlot()) {
      D.Lo = 0;
      S.setDepth(D);
    }
}

/// An access tells what a region is open for whose opener does not.
void RegionTransfer::noteUse(const FlowEvent &E, States &Now) const {
  const Behaviour *More = F.callee(F.Calls[E.Made]).More;
  if (!More || !More->User || !More->User->NeedsOpen || More->Flavour.empty())
    return;
  More->User->NeedsOpen.Value.forEach([&](unsigned Region) {
    for (PathState &S : Now) {
      RegionDepth D = S.depth(Region);
      if (D.Lo <= 0 || !D.Flavour.empty())
        continue;
      D.Used |= More->Flavour;
      S.setDepth(D);
    }
  });
}

/// Each way goes on with each thing that the call may do, unless that contradicts what is known.
void RegionTransfer::call(const FlowEvent &E, States &Now) {
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
      if (happens(Happens, E, Next)) {
        // What is asked of the answer next is known with what the answer depends on.
        After.add(std::move(Next), By, /*Apart=*/E.Target);
        Any = true;
      }
    }
    if (!Any)
      After.add(S, By);
  }
  Now = std::move(After);
}

void RegionTransfer::assign(const FlowEvent &E, States &Now) {
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

void RegionTransfer::apply(const FlowEvent &E, States &Now) {
  switch (E.Is) {
  case FlowEvent::Call:
    noteUse(E, Now);
    call(E, Now);
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
}

/// A loop goes round until something changes that nobody here assigns.
void RegionTransfer::leave(const FlowBlock &B, States &Now) {
  if (!B.DecidesLoop)
    return;
  llvm::BitVector Looked(Body.Exprs.size());
  llvm::SmallVector<ValueId, 4> Reads;
  addReads(Body, B.Condition, Looked, Reads);
  for (ValueId V : Reads)
    if (Body.Values[V].Is == FlowValue::Memory)
      for (PathState &S : Now)
        S.assign(V, Known(), Body);
}

/// The state beyond an edge; nothing if the edge is not taken in it.
std::optional<PathState> RegionTransfer::along(const FlowBlock &B, const FlowEdge &Edge,
                                               PathState S) {
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

std::optional<States> RegionTransfer::along(const FlowBlock &B, const FlowEdge &Edge,
                                            const States &Now) {
  States There;
  for (const PathState &S : Now)
    if (std::optional<PathState> Next = along(B, Edge, S))
      There.append(std::move(*Next));
  if (There.empty())
    return std::nullopt;
  return There;
}

/// Each time less is known there, or one more of a bounded number of states.
bool RegionTransfer::join(States &Into, States &&From) {
  bool News = false;
  for (PathState &S : From)
    News |= Into.add(std::move(S), By);
  return News;
}

} // namespace airlock
