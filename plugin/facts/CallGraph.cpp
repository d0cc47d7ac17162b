// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/CallGraph.h"
#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/iterator.h"
#include <deque>

namespace airlock {

namespace {

/// The graph in the form that llvm::scc_iterator walks: one entry vertex that
/// reaches every entity, and the successors as pointers.
struct Vertex {
  EntityId Entity = NoEntity;
  std::vector<const Vertex *> Successors;
};

} // namespace
} // namespace airlock

template <> struct llvm::GraphTraits<const airlock::Vertex *> {
  using NodeRef = const airlock::Vertex *;
  using ChildIteratorType = std::vector<NodeRef>::const_iterator;
  static NodeRef getEntryNode(NodeRef V) { return V; }
  static ChildIteratorType child_begin(NodeRef V) { return V->Successors.begin(); }
  static ChildIteratorType child_end(NodeRef V) { return V->Successors.end(); }
};

namespace airlock {

CallGraph::CallGraph(const Facts &F) : F(F), Nodes(F.Entities.size()) {
  for (CallId Id = 0; Id < F.Calls.size(); ++Id) {
    const Call &C = F.Calls[Id];
    Nodes[F.caller(C)].Callees.push_back(Id);
    Nodes[C.Callee].Callers.push_back(Id);
  }
  condense();
}

void CallGraph::condense() {
  std::vector<Vertex> Vertices(Nodes.size());
  Vertex Entry;
  for (EntityId E = 0; E < Nodes.size(); ++E) {
    Vertices[E].Entity = E;
    for (CallId Id : Nodes[E].Callees)
      Vertices[E].Successors.push_back(&Vertices[F.Calls[Id].Callee]);
    Entry.Successors.push_back(&Vertices[E]);
  }

  Component.assign(Nodes.size(), 0);
  Positions.assign(Nodes.size(), 0);
  std::vector<std::vector<EntityId>> Members;
  const Vertex *Start = &Entry;
  for (auto It = llvm::scc_begin(Start); !It.isAtEnd(); ++It) {
    std::vector<EntityId> Some;
    for (const Vertex *V : *It)
      if (V->Entity != NoEntity)
        Some.push_back(V->Entity);
    llvm::sort(Some);
    for (EntityId E : Some) {
      Component[E] = Members.size();
      Positions[E] = Order.size();
      Order.push_back(E);
    }
    Members.push_back(std::move(Some));
  }

  // Components come callees first, so callers are final when walked backwards.
  Entering.assign(Members.size(), NoCall);
  std::vector<unsigned> Depth(Members.size(), 0);
  for (unsigned Here = Members.size(); Here-- > 0;) {
    for (EntityId E : Members[Here]) {
      for (CallId Id : Nodes[E].Callers) {
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

CallGraph::Chain CallGraph::shortestWithin(unsigned Within, EntityId From, EntityId To) const {
  llvm::DenseMap<EntityId, CallId> ReachedBy;
  std::deque<EntityId> Queue = {From};
  ReachedBy[From] = NoCall;
  while (!Queue.empty() && !ReachedBy.count(To)) {
    EntityId E = Queue.front();
    Queue.pop_front();
    for (CallId Id : Nodes[E].Callees) {
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
  Hops.assign(Nodes.size(), NoCall);
  std::vector<bool> Seen(Nodes.size());
  std::deque<EntityId> Queue;
  for (EntityId E = 0; E < Nodes.size(); ++E)
    if (F.Entities[E].Effects.contains(Effect)) {
      Seen[E] = true;
      Queue.push_back(E);
    }
  while (!Queue.empty()) {
    EntityId E = Queue.front();
    Queue.pop_front();
    for (CallId Id : Nodes[E].Callers) {
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
