// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The calls of a set of facts, in lists by some entity of theirs: who calls it, what
// is called, whose body it is. Two arrays, filled in linear time.

#ifndef AIRLOCK_FACTS_CALLLISTS_H
#define AIRLOCK_FACTS_CALLLISTS_H

#include "facts/Facts.h"
#include "llvm/ADT/ArrayRef.h"
#include <vector>

namespace airlock {

class CallLists {
public:
  /// KeyOf(call) is the entity whose list a call is in.
  template <typename Fn>
  CallLists(const Facts &F, Fn KeyOf) : Calls(F.Calls.size()), First(F.Entities.size() + 1) {
    for (const Call &C : F.Calls)
      ++First[KeyOf(C) + 1];
    for (EntityId E = 0; E < F.Entities.size(); ++E)
      First[E + 1] += First[E];
    std::vector<uint32_t> Next(First.begin(), First.end() - 1);
    for (CallId Id = 0; Id < F.Calls.size(); ++Id)
      Calls[Next[KeyOf(F.Calls[Id])]++] = Id;
  }

  /// In the order of their ids; none for what was not there yet.
  llvm::ArrayRef<CallId> of(EntityId E) const {
    if (size_t(E) + 1 >= First.size())
      return {};
    return llvm::ArrayRef(Calls).slice(First[E], First[E + 1] - First[E]);
  }

private:
  std::vector<CallId> Calls;
  std::vector<uint32_t> First;
};

} // namespace airlock

#endif
