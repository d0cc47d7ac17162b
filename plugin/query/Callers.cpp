// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Callers.h"
#include "facts/CallLists.h"

namespace airlock {

/// Whether a call is made in the context: by its function, or by a macro around it.
static bool isInside(const Facts &F, const Call &C, std::optional<unsigned> Context) {
  if (!Context)
    return false;
  bool Inside = F.Entities[C.In].Provides.contains(*Context);
  for (CallId Id = C.Outer; Id != NoCall && !Inside; Id = F.Calls[Id].Outer)
    Inside = F.callee(F.Calls[Id]).Provides.contains(*Context);
  return Inside;
}

CallersAnswer askCallers(const Facts &F, llvm::ArrayRef<EntityId> Functions,
                         std::optional<unsigned> Context) {
  CallLists Calls(F, [](const Call &C) { return C.Callee; });
  CallersAnswer Answer;
  std::vector<bool> Reached(F.Entities.size());
  for (EntityId E : Functions)
    Reached[E] = true;
  auto Follow = [&](EntityId E, unsigned Depth) {
    for (CallId Id : Calls.of(E)) {
      const Call &C = F.Calls[Id];
      if (Reached[C.In] || isInside(F, C, Context))
        continue;
      Reached[C.In] = true;
      Answer.Callers.push_back({C.In, Depth, Id});
    }
  };
  for (EntityId E : Functions)
    Follow(E, 1);
  for (size_t I = 0; I < Answer.Callers.size(); ++I)
    Follow(Answer.Callers[I].Function, Answer.Callers[I].Depth + 1);

  for (const Store &S : F.Stores)
    if (Reached[S.Stored] && !(Context && F.Entities[S.Slot].Needs.contains(*Context)))
      Answer.Stores.push_back(&S);
  return Answer;
}

} // namespace airlock
