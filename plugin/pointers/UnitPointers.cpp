// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/UnitPointers.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

UnitPointers::UnitPointers(const Facts &F, const Model &M, const CallGraph &Graph,
                           UserFlowSource &Flows, PointerAnalysis::HasEffect Has)
    : F(F) {
  // Where a model names a cache, any function may read it.
  bool All =
      llvm::any_of(M.slots(), [](const auto &Entry) { return bool(Entry.getValue().ResetBy); });
  std::vector<bool> Interesting(F.Entities.size());
  for (const Call &C : F.Calls) {
    const Behaviour *More = F.callee(C).More;
    if (More && More->User && More->User->accessesUser())
      Interesting[C.In] = true;
  }
  for (EntityId Function : Graph.calleesFirst()) {
    const Entity &E = F.Entities[Function];
    if (E.Kind != EntityKind::Function || !E.HasBody || E.Opaque || (E.More && E.More->User))
      continue;
    bool Calls = llvm::any_of(Graph.callsIn(Function), [&](CallId Id) {
      const PointerAnalysis *Theirs = of(F.Calls[Id].Callee);
      return Theirs && !Theirs->result().empty();
    });
    if (!All && !Interesting[Function] && !Calls)
      continue;
    std::unique_ptr<UserFlow> Flow = Flows.userFlowOf(Function);
    if (!Flow)
      continue;
    auto ResultOf = [&](EntityId Callee) -> const FunctionPointers * {
      const PointerAnalysis *Theirs = of(Callee);
      return Theirs ? &Theirs->result() : nullptr;
    };
    Results[Function] = std::make_unique<PointerAnalysis>(F, std::move(Flow), ResultOf, Has);
    Touching.push_back(Function);
  }
}

} // namespace airlock
