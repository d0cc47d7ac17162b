// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/EffectPaths.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

using Vertex = PathGraph::Vertex;

EffectPaths::EffectPaths(Analyses &Of, llvm::ArrayRef<EntityId> Starts, EffectSet Wanted)
    : F(Of.F), Regions(Of.regions()), Wanted(Wanted),
      Inferred(Of.F, Of.M, Of.graph(), Of.regions(), Wanted, EffectSet()),
      StoredIn(Of.F.Entities.size()) {
  for (size_t I = 0; I < F.Stores.size(); ++I) {
    const Store &S = F.Stores[I];
    StoredIn[S.Slot].push_back(I);
    if (S.PassedTo != NoEntity)
      Passed.try_emplace({S.Stored, S.PassedTo}, I);
  }
  collect(Starts);
  for (EntityId E : Entities)
    (F.Entities[E].Effects & Wanted).forEach([&](unsigned Effect) {
      Conditions If;
      if (F.Entities[E].More)
        for (const StatedCondition &When : F.Entities[E].More->When)
          If.push_back(When.If);
      state(E, Effect, std::move(If), /*IsDeclared=*/true);
    });
  for (size_t I = 0; I < States.size(); ++I)
    spread(I);
  Graph.finish();
}

bool EffectPaths::has(EntityId E) {
  return llvm::any_of(Inferred.of(E),
                      [&](const EffectWay &Way) { return Wanted.contains(Way.Effect); });
}

void EffectPaths::want(EntityId E) {
  if (StatesOf.try_emplace(E).second)
    Entities.push_back(E);
}

/// What has the effect, from the starts on, and from where each is run.
void EffectPaths::collect(llvm::ArrayRef<EntityId> Starts) {
  llvm::for_each(Starts, [&](EntityId E) { want(E); });
  for (size_t I = 0; I < Entities.size(); ++I) {
    EntityId E = Entities[I];
    const Entity &Is = F.Entities[E];
    if (Is.Kind == EntityKind::Macro)
      collectMacro(E);
    else if (!Is.isSlot())
      collectBody(E, E, NoCall, /*IsStart=*/I < Starts.size());
    for (uint32_t Store : StoredIn[E])
      if (EntityId Stored = F.Stores[Store].Stored; has(Stored)) {
        Sites[Stored].push_back({E, nullptr, Store, {}});
        want(Stored);
      }
  }
}

/// Asked about by itself, a macro is whatever it expands to somewhere.
void EffectPaths::collectMacro(EntityId Macro) {
  if (!F.Entities[Macro].Effects.empty())
    return;
  for (CallId Id = 0; Id < F.Calls.size(); ++Id)
    if (F.Calls[Id].Callee == Macro)
      collectBody(Macro, F.Calls[Id].In, Id, /*IsStart=*/true);
}

static bool standsIn(const Facts &F, CallId Id, CallId Expansion) {
  while (Id != NoCall && Id != Expansion)
    Id = F.Calls[Id].Outer;
  return Id == Expansion;
}

/// The calls of a body that stand in the expansion Root, or all of them for NoCall.
void EffectPaths::collectBody(EntityId From, EntityId Function, CallId Root, bool IsStart) {
  std::shared_ptr<const FunctionRegions> Body = Regions.of(Function);
  if (!Body)
    return;
  Bodies.push_back(Body);
  for (const CallSituations &Here : Body->Calls) {
    if (!standsIn(F, F.Calls[Here.Call].Outer, Root))
      continue;
    llvm::SmallVector<CallWay, 2> Run;
    for (const CallWay &Way : Inferred.ofCall(Here))
      if (Wanted.contains(Inferred.wayOf(Way).Effect) && llvm::none_of(Run, [&](const CallWay &O) {
            return O.Of == Way.Of && O.HandedOn == Way.HandedOn;
          }))
        Run.push_back(Way);
    for (const CallWay &Way : Run) {
      // What it does through a parameter of its own, its callers do: see Effects. Of a
      // start nobody knows the callers.
      const EntityId Of = Way.Of;
      const Entity &Is = F.Entities[Of];
      if (Is.Kind == EntityKind::Parameter && Is.Owner == Function && !Is.Modelled && !IsStart)
        continue;
      Sites[Of].push_back({From, &Here, 0, Way});
      want(Of);
    }
  }
}

static bool areSame(const EffectPaths::Conditions &A, const EffectPaths::Conditions &B) {
  return A.size() == B.size() &&
         llvm::all_of(A, [&](const ArgumentCondition &If) { return llvm::is_contained(B, If); });
}

/// The vertex of a function, or a slot, under conditions.
Vertex EffectPaths::state(EntityId Of, unsigned Effect, Conditions If, bool IsDeclared) {
  llvm::SmallVector<uint32_t, 2> &Known = StatesOf[Of];
  for (uint32_t I : Known)
    if (const State &S = States[I];
        S.IsDeclared == IsDeclared && S.Way.Effect == Effect && areSame(S.Way.If, If))
      return S.At;
  if (Known.size() >= Budget::States && !If.empty()) {
    Bounded = true;
    return PathGraph::NoVertex;
  }
  State New;
  New.Of = Of;
  New.Way.Effect = Effect;
  New.Way.If = std::move(If);
  New.At = Graph.add(/*IsGoal=*/IsDeclared);
  New.IsDeclared = IsDeclared;
  Known.push_back(States.size());
  StateAt[New.At] = States.size();
  States.push_back(std::move(New));
  return States.back().At;
}

/// A macro that is expanded there.
Vertex EffectPaths::expansion(Vertex Of, EntityId Macro) { return child(Of, Macro, Label::Silent); }

/// A call that hands a function on.
Vertex EffectPaths::handingOn(Vertex Of, CallId Id) {
  return child(Of, uint64_t(1) << 32 | Id, Label::call(Id));
}

Vertex EffectPaths::child(Vertex Of, uint64_t Key, uint32_t Label) {
  auto [It, New] = Children.try_emplace({Of, Key});
  if (New) {
    It->second = Graph.add();
    Graph.connect(Of, It->second, Label);
  }
  return It->second;
}

/// From a state to those who may run what it is of.
void EffectPaths::spread(size_t Index) {
  const State &Theirs = States[Index]; // stays in place
  if (F.Entities[Theirs.Of].never().contains(Theirs.Way.Effect))
    return;
  for (const Site &S : Sites[Theirs.Of]) {
    if (S.Here) {
      spreadToCall(Theirs, S);
      continue;
    }
    Vertex Slot = state(S.From, Theirs.Way.Effect, Theirs.Way.If, /*IsDeclared=*/false);
    if (Slot != PathGraph::NoVertex)
      Graph.connect(Slot, Theirs.At, Label::store(S.Store));
  }
}

void EffectPaths::spreadToCall(const State &Theirs, const Site &From) {
  CallId Id = From.Here->Call;
  for (const Situation &At : From.Here->Ways) {
    std::optional<Arrival> Arrives = Inferred.arrives(Theirs.Way, Inferred.foundBy(From.Taken, At));
    if (!Arrives)
      continue;
    Conditions If;
    if (F.Entities[From.From].Kind != EntityKind::Macro) // whose arguments nobody knows
      If.assign(Arrives->If.begin(), Arrives->If.end());
    Vertex V = state(From.From, Theirs.Way.Effect, std::move(If), /*IsDeclared=*/false);
    if (V == PathGraph::NoVertex)
      continue;
    llvm::SmallVector<CallId, 4> Frames = framesOf(F, Id, From.From);
    for (CallId Frame : llvm::ArrayRef(Frames).drop_back())
      V = expansion(V, F.Calls[Frame].Callee);
    if (!From.Taken.HandedOn) {
      Graph.connect(V, Theirs.At, Label::call(Id));
      continue;
    }
    auto Stored = Passed.find({Theirs.Of, F.Calls[Id].Callee});
    Graph.connect(handingOn(V, Id), Theirs.At,
                  Stored == Passed.end() ? Label::Silent : Label::store(Stored->second));
  }
}

const EffectPaths::State *EffectPaths::stateAt(Vertex V) const {
  return &States[StateAt.find(V)->second];
}

std::vector<Vertex> EffectPaths::verticesOf(EntityId Start, bool Declared) const {
  std::vector<const State *> Theirs;
  for (uint32_t I : StatesOf.find(Start)->second)
    if (States[I].IsDeclared == Declared)
      Theirs.push_back(&States[I]);
  llvm::stable_sort(
      Theirs, [](const State *A, const State *B) { return A->Way.If.size() < B->Way.If.size(); });
  std::vector<Vertex> Vertices;
  Vertices.reserve(Theirs.size());
  for (const State *S : Theirs)
    Vertices.push_back(S->At);
  return Vertices;
}

const EffectPaths::Conditions &EffectPaths::conditionsAt(Vertex Start) const {
  return stateAt(Start)->Way.If;
}

unsigned EffectPaths::effectOf(Vertex Start) const { return stateAt(Start)->Way.Effect; }

} // namespace airlock
