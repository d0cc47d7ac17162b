// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/CallPaths.h"

namespace airlock {

using Vertex = PathGraph::Vertex;

CallPaths::CallPaths(const Facts &F, llvm::ArrayRef<EntityId> Starts,
                     llvm::function_ref<Turn(EntityId)> Judge)
    : F(F), Judge(Judge), ByBody(F, [](const Call &C) { return C.In; }),
      StoredIn(F.Entities.size()) {
  for (size_t I = 0; I < F.Stores.size(); ++I)
    StoredIn[F.Stores[I].Slot].push_back(I);
  for (EntityId Start : Starts)
    inner(Start);
  for (size_t I = 0; I < ToExpand.size(); ++I)
    expand(ToExpand[I]);
  Graph.finish();
}

/// The vertex from which what an entity leads to goes out.
Vertex CallPaths::inner(EntityId E) {
  auto [It, New] = Inner.try_emplace(E);
  if (New) {
    It->second = Graph.add();
    ToExpand.push_back(E);
  }
  return It->second;
}

/// The vertex that an edge to an entity goes to. A goal has one of its own, which
/// leads nowhere: a path may begin at an entity and come back to it as its goal.
Vertex CallPaths::reach(EntityId E) {
  switch (Judge(E)) {
  case Turn::Avoid:
    return PathGraph::NoVertex;
  case Turn::GoOn:
    return inner(E);
  case Turn::Goal:
    break;
  }
  auto [It, New] = Goals.try_emplace(E);
  if (New)
    It->second = Graph.add(/*IsGoal=*/true);
  return It->second;
}

void CallPaths::expand(EntityId E) {
  const Entity &Is = F.Entities[E];
  Vertex From = Inner.lookup(E);
  if (Is.Kind == EntityKind::Macro)
    return expandMacro(E);
  if (!Is.isSlot())
    return addCalls(E, NoCall, From);
  for (uint32_t I : StoredIn[E])
    if (Vertex To = reach(F.Stores[I].Stored); To != PathGraph::NoVertex)
      Graph.connect(From, To, Label::store(I));
}

/// Asked about by itself, a macro leads to what is called in any expansion of it.
void CallPaths::expandMacro(EntityId Macro) {
  Vertex From = Inner.lookup(Macro);
  for (CallId Id = 0; Id < F.Calls.size(); ++Id)
    if (F.Calls[Id].Callee == Macro)
      addCalls(F.Calls[Id].In, Id, From);
}

/// The calls of a body that stand in the expansion Root, or all of them for NoCall.
void CallPaths::addCalls(EntityId In, CallId Root, Vertex RootVertex) {
  llvm::DenseMap<CallId, Vertex> Expanded;
  auto VertexAround = [&](CallId Outer) {
    if (Outer == Root)
      return RootVertex;
    auto Known = Outer == NoCall ? Expanded.end() : Expanded.find(Outer);
    return Known == Expanded.end() ? PathGraph::NoVertex : Known->second;
  };
  for (CallId Id : ByBody.of(In)) {
    EntityId Callee = F.Calls[Id].Callee;
    Vertex From = VertexAround(F.Calls[Id].Outer);
    if (From == PathGraph::NoVertex)
      continue;
    if (F.Entities[Callee].Kind == EntityKind::Macro && Judge(Callee) == Turn::GoOn) {
      auto [It, New] = Expansions.try_emplace({From, Callee});
      if (New) {
        It->second = Graph.add();
        Graph.connect(From, It->second, Label::Silent);
      }
      Expanded[Id] = It->second;
    } else if (Vertex To = reach(Callee); To != PathGraph::NoVertex) {
      Graph.connect(From, To, Label::call(Id));
    }
  }
}

} // namespace airlock
