// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The one way in which facts are carried through a function: from where it begins, along the
// edges of its control flow, until nothing new comes up anywhere. What is carried, a domain
// says:
//
//   State                           what is known at a place
//   bool step(const State &)        pays for a look at it; false once the budget is spent
//   void apply(const Event &, State &)
//   void leave(const Block &, State &)
//                                   behind the last event, before any edge
//   std::optional<State> along(const Block &, const Edge &, const State &)
//                                   beyond an edge; nothing if it is not taken
//   bool join(State &Into, State &&From)
//                                   true if Into has to be carried on again
//
// It ends because join() of a domain says true only so often at one place; why, stands in the
// domain. Blocks stand in reverse post-order, and the first that has news is next: a loop is
// through with before what is behind it is looked at.
//
// Who wants to know what holds at each event asks afterwards, by observe(): the domain carries
// the same states once more, and changes none.

#ifndef AIRLOCK_SUPPORT_FORWARDSOLVER_H
#define AIRLOCK_SUPPORT_FORWARDSOLVER_H

#include "llvm/ADT/BitVector.h"
#include <optional>
#include <vector>

namespace airlock {

/// What is known where each block begins; nothing where control does not come.
template <typename Domain> using BlockStates = std::vector<std::optional<typename Domain::State>>;

/// What is known is missing where the budget was spent before the end.
template <typename Domain, typename Blocks>
BlockStates<Domain> solveForward(const Blocks &All, Domain &D, typename Domain::State Begin) {
  BlockStates<Domain> At(All.size());
  llvm::BitVector Pending(All.size());
  At.front() = std::move(Begin);
  Pending.set(0);
  for (int Id = 0; Id != -1; Id = Pending.find_first()) {
    Pending.reset(Id);
    typename Domain::State Now = *At[Id];
    if (!D.step(Now))
      return At;
    for (const auto &E : All[Id].Events) {
      D.apply(E, Now);
      if (!D.step(Now))
        return At;
    }
    D.leave(All[Id], Now);
    for (const auto &Edge : All[Id].Next) {
      std::optional<typename Domain::State> There = D.along(All[Id], Edge, Now);
      if (!There)
        continue;
      const bool IsFirst = !At[Edge.To];
      if (IsFirst)
        At[Edge.To].emplace();
      if (D.join(*At[Edge.To], std::move(*There)) || IsFirst)
        Pending.set(Edge.To);
    }
  }
  return At;
}

/// Visits the blocks that control comes to, in order:
///
///   void enter(uint32_t Id)
///   void before(const Event &, const State &)
///   void after(const Event &, const State &)
///   void decide(uint32_t Id, const State &)   behind the last event
///   void leave(uint32_t Id, const State &)    what its edges start from
///
/// False if the budget is spent before the end.
template <typename Domain, typename Blocks, typename Observer>
bool observe(const Blocks &All, Domain &D, const BlockStates<Domain> &At, Observer &&Of) {
  for (uint32_t Id = 0; Id < All.size(); ++Id) {
    if (!At[Id])
      continue;
    Of.enter(Id);
    typename Domain::State Now = *At[Id];
    for (const auto &E : All[Id].Events) {
      if (!D.step(Now))
        return false;
      Of.before(E, Now);
      D.apply(E, Now);
      Of.after(E, Now);
    }
    Of.decide(Id, Now);
    D.leave(All[Id], Now);
    Of.leave(Id, Now);
  }
  return true;
}

} // namespace airlock

#endif
