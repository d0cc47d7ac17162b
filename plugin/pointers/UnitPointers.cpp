// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/UnitPointers.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

/// A function that looks at the alignment of an address calls nothing that says so:
/// all that is called on the way to an atomic access may be one.
void UnitPointers::markAligning(const CallGraph &Graph, std::vector<bool> &Interesting) const {
  llvm::SmallVector<EntityId, 8> Pending;
  llvm::DenseSet<EntityId> Reaching;
  auto Reach = [&](EntityId Function) {
    if (Reaching.insert(Function).second)
      Pending.push_back(Function);
  };
  for (const Call &C : F.Calls)
    if (const Behaviour *More = F.callee(C).More; More && More->User && More->User->Exchanges)
      Reach(C.In);
  while (!Pending.empty()) {
    EntityId Function = Pending.pop_back_val();
    for (CallId Id : Graph.callsOf(Function))
      Reach(F.Calls[Id].In);
    for (CallId Id : Graph.callsIn(Function))
      Interesting[F.Calls[Id].Callee] = true;
  }
}

UnitPointers::UnitPointers(const Facts &F, const Model &M, const CallGraph &Graph,
                           UserFlowSource &Flows, PointerAnalysis::HasEffect Has)
    : F(F), Flows(Flows) {
  // Any function may read a cache that a model names, or fill what promises something.
  bool All = Flows.anyPromised() || llvm::any_of(M.slots(), [](const auto &Entry) {
               return bool(Entry.getValue().ResetBy);
             });
  std::vector<bool> Interesting(F.Entities.size());
  for (const Call &C : F.Calls) {
    const Behaviour *More = F.callee(C).More;
    if (More && More->User && (More->User->accessesUser() || More->User->Killable))
      Interesting[C.In] = true;
  }
  markAligning(Graph, Interesting);
  for (EntityId Function : Graph.calleesFirst()) {
    const Entity &E = F.Entities[Function];
    if (E.Kind != EntityKind::Function || !E.HasBody || E.Opaque || (E.More && E.More->User))
      continue;
    bool Calls = llvm::any_of(Graph.callsIn(Function), [&](CallId Id) {
      const PointerAnalysis *Theirs = of(F.Calls[Id].Callee);
      return Theirs && !Theirs->result().empty();
    });
    if (!All && !Interesting[Function] && !Calls && !Flows.takesUserPointer(Function))
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

bool UnitPointers::mayRead(EntityId Function, unsigned Parameter, ByteRange Bytes, unsigned Depth) {
  constexpr unsigned MaxDepth = 3;
  const Entity &Is = F.Entities[Function];
  if (Is.Kind != EntityKind::Function || !Is.HasBody || Is.Opaque || Depth > MaxDepth)
    return true;
  std::unique_ptr<UserFlow> Made;
  const PointerAnalysis *Known = of(Function);
  if (!Known)
    Made = Flows.userFlowOf(Function);
  const UserFlow *Flow = Known ? &Known->flow() : Made.get();
  if (!Flow)
    return true;
  const Terms T(F, *Flow);
  auto Leads = [&](TermId Id) -> std::optional<BasedAddress> {
    if (Id == NoTerm)
      return std::nullopt;
    BasedAddress A = T.written(Id);
    const Term &Base = T[A.Base];
    if (Base.Is != Term::Parameter || size_t(Base.Number) != Parameter)
      return std::nullopt;
    return A;
  };
  for (const Term &One : Flow->Terms)
    if (One.Is == Term::Load)
      if (std::optional<BasedAddress> A = Leads(One.A);
          A && T.range(*A, One.Number).overlaps(Bytes))
        return true;
  for (const UserBlock &B : Flow->Blocks)
    for (const UserEvent &E : B.Events) {
      // Kept somewhere: nobody knows who reads it there.
      if (E.Is != UserEvent::Call)
        if (std::optional<BasedAddress> A = Leads(E.Source);
            A && !(A->Exact && A->Offset >= Bytes.Hi))
          return true;
      for (unsigned I = 0; I < E.Arguments.size(); ++I)
        if (std::optional<BasedAddress> A = Leads(E.Arguments[I].Value);
            A && !(A->Exact && A->Offset >= Bytes.Hi)) // what is behind them is not they
          if (!A->Exact ||
              mayRead(Flow->Calls[E.Number].Callee, I, Bytes.movedBack(A->Offset), Depth + 1))
            return true;
    }
  return false;
}

} // namespace airlock
