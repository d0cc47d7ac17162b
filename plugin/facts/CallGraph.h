// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who calls whom, over the entities of one set of facts, and the two chains
// that a finding shows: the longest one that leads to a function, and the
// shortest one from it to a primitive. Each is computed once for the whole
// graph, in time linear in entities and calls.

#ifndef AIRLOCK_FACTS_CALLGRAPH_H
#define AIRLOCK_FACTS_CALLGRAPH_H

#include "facts/CallLists.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace airlock {

class CallGraph {
public:
  /// Keeps a reference to the facts.
  explicit CallGraph(const Facts &F);

  using Chain = std::vector<CallId>;

  /// Every entity, each after what it calls; the members of a cycle stand
  /// together, in the order of their ids.
  llvm::ArrayRef<EntityId> calleesFirst() const { return Order; }
  size_t size() const { return F.Entities.size(); }
  /// What an entity calls in the call of that number in callsIn().
  EntityId callee(EntityId E, uint32_t Number) const {
    return F.Calls[Callees.of(E)[Number]].Callee;
  }
  /// Where an entity stands in that order.
  unsigned position(EntityId E) const { return E < Positions.size() ? Positions[E] : 0; }
  /// The calls of an entity.
  llvm::ArrayRef<CallId> callsOf(EntityId E) const { return Callers.of(E); }
  /// The calls that an entity makes, not those in the macros that it expands.
  llvm::ArrayRef<CallId> callsIn(EntityId E) const { return Callees.of(E); }

  enum class Walk : uint8_t { Into, Past, Stop };
  /// Visits an entity and what it leads to, each once: Visit says whether to go into the
  /// calls that an entity makes. False if it was told to stop.
  bool visitCallees(EntityId From, llvm::function_ref<Walk(EntityId)> Visit) const;

  /// What a question about a function comes to at a call of it: it is so; it is so if it is of
  /// the caller; or neither.
  enum class AtCall : uint8_t { Yes, AskCaller, No };
  /// Whether something is so of a function, or for a call that leads to it. Of those that are
  /// asked, each is asked once.
  bool askCallers(EntityId Function, llvm::function_ref<bool(EntityId)> IsIt,
                  llvm::function_ref<AtCall(CallId, EntityId Called)> At) const;

  /// The longest chain of calls from a function that nobody calls to Function;
  /// a cycle counts as one step and is crossed by the shortest way. Empty when
  /// nobody outside its own cycle calls Function. The longest, because that is how far a qualifier
  /// has to travel: the chain that seed 000 quotes.
  Chain longestChainTo(EntityId Function) const;

  /// The shortest chain from an entity to one that has Effect by itself;
  /// empty if there is none, or if From has it.
  Chain chainToEffect(EntityId From, unsigned Effect) const;

private:
  void condense();
  const std::vector<CallId> &nextHops(unsigned Effect) const;
  Chain shortestWithin(unsigned Component, EntityId From, EntityId To) const;

  const Facts &F;
  /// The calls of each entity, and those that it makes.
  const CallLists Callers, Callees;
  /// Strongly connected component of each entity, numbered callees first.
  std::vector<unsigned> Component;
  std::vector<EntityId> Order;
  std::vector<unsigned> Positions;
  /// For each component, the call that enters it on the longest chain.
  std::vector<CallId> Entering;
  /// For an effect, the first call on the shortest way to it, by entity.
  mutable llvm::DenseMap<unsigned, std::vector<CallId>> HopsByEffect;
};

} // namespace airlock

#endif
