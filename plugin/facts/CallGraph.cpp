// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/CallGraph.h"
#include "support/Components.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include <deque>
#include <numeric>

namespace airlock {

CallGraph::CallGraph(const Facts &F)
    : F(F), Callers(F, [](const Call &C) { return C.Callee; }),
      Callees(F, [&F](const Call &C) { return F.caller(C); }) {
  condense();
}

bool CallGraph::askCallers(EntityId Function, llvm::function_ref<bool(EntityId)> IsIt,
                           llvm::function_ref<AtCall(CallId, EntityId Called)> At) const {
  llvm::SmallSetVector<EntityId, 8> Asked;
  Asked.insert(Function);
  for (size_t I = 0; I < Asked.size(); ++I) {
    const EntityId Called = Asked[I];
    if (IsIt(Called))
      return true;
    for (CallId Id : callsOf(Called)) {
      const AtCall Is = At(Id, Called);
      if (Is == AtCall::Yes)
        return true;
      if (Is == AtCall::AskCaller)
        Asked.insert(F.Calls[Id].In);
    }
  }
  return false;
}

void CallGraph::condense() {
  auto CountCallees = [&](EntityId E) -> uint32_t { return callsIn(E).size(); };
  auto Callee = [&](EntityId E, uint32_t Which) { return F.Calls[callsIn(E)[Which]].Callee; };
  std::vector<EntityId> All(size());
  std::iota(All.begin(), All.end(), 0);
  const Components Found({static_cast<uint32_t>(size()), CountCallees, Callee}, All);

  Component.resize(size());
  Positions.resize(size());
  std::vector<uint32_t> FirstOf = {0}; // where each component begins in Order
  for (uint32_t Number = 0; Number < Found.count(); ++Number) {
    size_t Begin = Order.size();
    llvm::append_range(Order, Found.membersOf(Number));
    std::sort(Order.begin() + Begin, Order.end());
    for (size_t At = Begin; At < Order.size(); ++At) {
      Component[Order[At]] = Number;
      Positions[Order[At]] = At;
    }
    FirstOf.push_back(Order.size());
  }

  // Components come callees first, so callers are final when walked backwards.
  Entering.assign(Found.count(), NoCall);
  std::vector<unsigned> Depth(Found.count(), 0);
  for (unsigned Here = Found.count(); Here-- > 0;) {
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
