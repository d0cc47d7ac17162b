// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/CallGraph.h"
#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/iterator.h"
#include <deque>

namespace airlock {

namespace {

/// A vertex of the graph in the form that llvm::scc_iterator walks: an entity, or
/// the entry that reaches every one.
struct Vertex {
  const CallGraph *Graph = nullptr;
  EntityId Entity = NoEntity;
  bool operator==(const Vertex &O) const { return Entity == O.Entity; }
  bool operator!=(const Vertex &O) const { return Entity != O.Entity; }
};

/// Goes through the successors of a vertex; those of the entry are all entities.
class SuccessorIterator
    : public llvm::iterator_facade_base<SuccessorIterator, std::forward_iterator_tag, Vertex> {
public:
  SuccessorIterator() = default;
  SuccessorIterator(Vertex Of, uint32_t At) : Of(Of), At(At) {}
  bool operator==(const SuccessorIterator &O) const { return At == O.At; }
  Vertex operator*() const {
    return {Of.Graph, Of.Entity == NoEntity ? At : Of.Graph->callee(Of.Entity, At)};
  }
  using iterator_facade_base::operator++;
  SuccessorIterator &operator++() {
    ++At;
    return *this;
  }

private:
  Vertex Of;
  uint32_t At = 0;
};

} // namespace
} // namespace airlock

template <> struct llvm::GraphTraits<airlock::Vertex> {
  using NodeRef = airlock::Vertex;
  using ChildIteratorType = airlock::SuccessorIterator;
  static NodeRef getEntryNode(NodeRef V) { return V; }
  static ChildIteratorType child_begin(NodeRef V) { return {V, 0}; }
  static ChildIteratorType child_end(NodeRef V) {
    return {V, static_cast<uint32_t>(V.Entity == airlock::NoEntity
                                         ? V.Graph->size()
                                         : V.Graph->callsIn(V.Entity).size())};
  }
};

/// The entry has the number of no entity.
template <> struct llvm::DenseMapInfo<airlock::Vertex> {
  static airlock::Vertex getEmptyKey() { return {nullptr, airlock::NoEntity - 1}; }
  static airlock::Vertex getTombstoneKey() { return {nullptr, airlock::NoEntity - 2}; }
  static unsigned getHashValue(const airlock::Vertex &V) {
    return llvm::DenseMapInfo<unsigned>::getHashValue(V.Entity);
  }
  static bool isEqual(const airlock::Vertex &A, const airlock::Vertex &B) { return A == B; }
};

namespace airlock {

CallGraph::CallGraph(const Facts &F)
    : F(F), Callers(F, [](const Call &C) { return C.Callee; }),
      Callees(F, [&F](const Call &C) { return F.caller(C); }) {
  condense();
}

void CallGraph::condense() {
  Component.assign(size(), 0);
  Positions.assign(size(), 0);
  std::vector<uint32_t> FirstOf = {0}; // where each component begins in Order
  for (auto It = llvm::scc_begin(Vertex{this, NoEntity}); !It.isAtEnd(); ++It) {
    size_t Begin = Order.size();
    for (const Vertex &V : *It)
      if (V.Entity != NoEntity)
        Order.push_back(V.Entity);
    std::sort(Order.begin() + Begin, Order.end());
    for (size_t At = Begin; At < Order.size(); ++At) {
      Component[Order[At]] = FirstOf.size() - 1;
      Positions[Order[At]] = At;
    }
    FirstOf.push_back(Order.size());
  }

  // Components come callees first, so callers are final when walked backwards.
  size_t Components = FirstOf.size() - 1;
  Entering.assign(Components, NoCall);
  std::vector<unsigned> Depth(Components, 0);
  for (unsigned Here = Components; Here-- > 0;) {
    for (uint32_t At = FirstOf[Here]; At < FirstOf[Here + 1]; ++At) {
      for (CallId Id : Callers.of(Order[At])) {
        EntityId Caller = F.caller(F.Calls[Id]);
        unsigned From = Component[Caller];
        if (From == Here)
          continue;
        unsigned Reached = Depth[From] + 1;
        CallId Best = Entering[Here];
        // Of two equally long chains the one whose name is greater, so that the
        // order of declarations does not matter; of the four in drivers/vhost
        // that is the one that seed 000 quotes.
        bool Better = Reached > Depth[Here] || Best == NoCall ||
                      (Reached == Depth[Here] &&
                       F.Entities[Caller].Name > F.Entities[F.caller(F.Calls[Best])].Name);
        if (Better) {
          Depth[Here] = Reached;
          Entering[Here] = Id;
        }
      }
    }
  }
}

bool CallGraph::visitCallees(EntityId From, llvm::function_ref<Walk(EntityId)> Visit) const {
  llvm::SmallSetVector<EntityId, 8> All;
  All.insert(From);
  for (size_t I = 0; I < All.size(); ++I) {
    const EntityId Here = All[I];
    const Walk Next = Visit(Here);
    if (Next == Walk::Stop)
      return false;
    if (Next == Walk::Into)
      for (CallId Id : Callees.of(Here))
        All.insert(F.Calls[Id].Callee);
  }
  return true;
}

CallGraph::Chain CallGraph::shortestWithin(unsigned Within, EntityId From, EntityId To) const {
  llvm::DenseMap<EntityId, CallId> ReachedBy;
  std::deque<EntityId> Queue = {From};
  ReachedBy[From] = NoCall;
  while (!Queue.empty() && !ReachedBy.count(To)) {
    EntityId E = Queue.front();
    Queue.pop_front();
    for (CallId Id : Callees.of(E)) {
      EntityId Next = F.Calls[Id].Callee;
      if (Component[Next] == Within && ReachedBy.try_emplace(Next, Id).second)
        Queue.push_back(Next);
    }
  }
  Chain Calls;
  for (EntityId E = To; E != From; E = F.caller(F.Calls[Calls.back()]))
    Calls.push_back(ReachedBy.lookup(E));
  std::reverse(Calls.begin(), Calls.end());
  return Calls;
}

CallGraph::Chain CallGraph::longestChainTo(EntityId Function) const {
  // Built from its end; each round adds one component and the call into it.
  Chain Backwards;
  EntityId Exit = Function;
  while (true) {
    unsigned Here = Component[Exit];
    CallId Enter = Entering[Here];
    EntityId Entrance = Enter == NoCall ? Exit : F.Calls[Enter].Callee;
    Chain Inside = shortestWithin(Here, Entrance, Exit);
    Backwards.insert(Backwards.end(), Inside.rbegin(), Inside.rend());
    if (Enter == NoCall)
      break;
    Backwards.push_back(Enter);
    Exit = F.caller(F.Calls[Enter]);
  }
  std::reverse(Backwards.begin(), Backwards.end());
  return Backwards;
}

const std::vector<CallId> &CallGraph::nextHops(unsigned Effect) const {
  auto [It, New] = HopsByEffect.try_emplace(Effect);
  std::vector<CallId> &Hops = It->second;
  if (!New)
    return Hops;
  Hops.assign(size(), NoCall);
  std::vector<bool> Seen(size());
  std::deque<EntityId> Queue;
  for (EntityId E = 0; E < size(); ++E)
    if (F.Entities[E].Effects.contains(Effect)) {
      Seen[E] = true;
      Queue.push_back(E);
    }
  while (!Queue.empty()) {
    EntityId E = Queue.front();
    Queue.pop_front();
    for (CallId Id : Callers.of(E)) {
      EntityId Caller = F.caller(F.Calls[Id]);
      if (Seen[Caller])
        continue;
      Seen[Caller] = true;
      Hops[Caller] = Id;
      Queue.push_back(Caller);
    }
  }
  return Hops;
}

CallGraph::Chain CallGraph::chainToEffect(EntityId From, unsigned Effect) const {
  const std::vector<CallId> &Hops = nextHops(Effect);
  Chain Calls;
  for (EntityId E = From; Hops[E] != NoCall; E = F.Calls[Hops[E]].Callee)
    Calls.push_back(Hops[E]);
  return Calls;
}

} // namespace airlock
