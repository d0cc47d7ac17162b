// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/UnitPointers.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

std::vector<GivenUp> UnitPointers::givenUp() const {
  std::vector<GivenUp> All = Unfinished;
  for (EntityId Function : Touching)
    if (std::optional<Limit> By = of(Function)->givenUp())
      All.push_back({Function, AnalysisKind::Pointers, *By});
  return All;
}

/// A function that looks at the alignment of an address calls nothing that says so:
/// all that is called on the way to an atomic access may be one.
void UnitPointers::markAligning(const CallGraph &Graph, std::vector<bool> &Interesting) const {
  llvm::SmallVector<EntityId, 8> Pending;
  llvm::DenseSet<EntityId> Reaching;
  auto Extent = [&](EntityId Function) {
    if (Reaching.insert(Function).second)
      Pending.push_back(Function);
  };
  for (const Call &C : F.Calls)
    if (const Behaviour *More = F.callee(C).More; More && More->User && More->User->Exchanges)
      Extent(C.In);
  while (!Pending.empty()) {
    EntityId Function = Pending.pop_back_val();
    for (CallId Id : Graph.callsOf(Function))
      Extent(F.Calls[Id].In);
    for (CallId Id : Graph.callsIn(Function))
      Interesting[F.Calls[Id].Callee] = true;
  }
}

namespace {

/// What comes from user space through the slots that functions are stored in.
class PassedBySlots {
public:
  explicit PassedBySlots(const Facts &F) {
    for (const Store &S : F.Stores)
      if (const Behaviour *Slot = F.Entities[S.Slot].More;
          Slot && (Slot->PassesFromUser || Slot->PassesCopied))
        Of[S.Stored].push_back(Slot);
  }
  bool to(EntityId Function) const { return Of.contains(Function); }
  /// Notes it in the flow of a function.
  void note(EntityId Function, UserFlow &Flow) const;

private:
  static void noteCopy(unsigned Number, UserFlow &Flow);

  llvm::DenseMap<EntityId, llvm::SmallVector<const Behaviour *, 1>> Of;
};

void PassedBySlots::note(EntityId Function, UserFlow &Flow) const {
  auto Slots = Of.find(Function);
  if (Slots == Of.end())
    return;
  for (const Behaviour *Slot : Slots->second) {
    if (Slot->PassesFromUser && Slot->PassesFromUser <= Flow.Parameters.size())
      Flow.Parameters[Slot->PassesFromUser - 1].FromUser = true;
    if (Slot->PassesCopied && Flow.Copies.empty())
      noteCopy(Slot->PassesCopied - 1, Flow);
  }
}

/// A fetch that no code here makes.
void PassedBySlots::noteCopy(unsigned Number, UserFlow &Flow) {
  auto Is = llvm::find_if(Flow.Terms, [&](const Term &T) {
    return T.Is == Term::Parameter && T.Number == int64_t(Number);
  });
  if (Is == Flow.Terms.end())
    return;
  const TermId Parameter = Is - Flow.Terms.begin(), Root = Flow.Terms.size();
  Flow.Terms.emplace_back();
  Flow.Copies.push_back({Parameter, Root, uint32_t(Flow.Calls.size())});
  Flow.Calls.emplace_back();
}

} // namespace

UnitPointers::UnitPointers(const Facts &F, const CallGraph &Graph, UserFlowSource &Flows,
                           PointerAnalysis::HasEffect Has)
    : F(F), Flows(Flows) {
  // Any function may fill what promises something.
  const bool All = Flows.anyPromised();
  std::vector<bool> Interesting(F.Entities.size());
  for (const Call &C : F.Calls) {
    const Behaviour *More = F.callee(C).More;
    if (More && More->User && (More->User->accessesUser() || More->User->Killable))
      Interesting[C.In] = true;
  }
  markAligning(Graph, Interesting);
  const PassedBySlots Passed(F);
  for (EntityId Function : Graph.calleesFirst()) {
    const Entity &E = F.Entities[Function];
    if (E.Kind != EntityKind::Function || !E.HasBody || E.Opaque || (E.More && E.More->User))
      continue;
    bool Calls = llvm::any_of(Graph.callsIn(Function), [&](CallId Id) {
      const PointerAnalysis *Theirs = of(F.Calls[Id].Callee);
      return Theirs && !Theirs->result().empty();
    });
    if (!All && !Interesting[Function] && !Calls && !Passed.to(Function) &&
        !Flows.takesUserPointer(Function) && !Flows.readsCache(Function))
      continue;
    std::unique_ptr<UserFlow> Flow = Flows.userFlowOf(Function);
    if (!Flow)
      continue;
    Passed.note(Function, *Flow);
    auto ResultOf = [&](EntityId Callee) -> const FunctionPointers * {
      const PointerAnalysis *Theirs = of(Callee);
      return Theirs ? &Theirs->result() : nullptr;
    };
    Results[Function] = std::make_unique<PointerAnalysis>(F, std::move(Flow), ResultOf, Has);
    Touching.push_back(Function);
  }
}

const UserFlow *UnitPointers::flowOf(EntityId Function) {
  if (const PointerAnalysis *Known = of(Function))
    return &Known->flow();
  const Entity &Is = F.Entities[Function];
  if (Is.Kind != EntityKind::Function || !Is.HasBody || Is.Opaque)
    return nullptr;
  auto [It, New] = OtherFlows.try_emplace(Function);
  if (New)
    It->second = Flows.userFlowOf(Function);
  return It->second.get();
}

/// Whether a function reads bytes behind a parameter by itself, or keeps their address;
/// Visit is told where it hands them on.
bool UnitPointers::readsItself(const UserFlow &Flow, const Behind &Of,
                               llvm::function_ref<void(Behind)> Visit) const {
  Budget Spend;
  const Terms T(F, Flow, Spend);
  auto Leads = [&](TermId Id) -> std::optional<BasedAddress> {
    if (Id == NoTerm)
      return std::nullopt;
    BasedAddress A = T.written(Id);
    const Term &Base = T[A.Base];
    if (Base.Is != Term::Parameter || size_t(Base.Number) != Of.Parameter)
      return std::nullopt;
    return A;
  };
  for (const Term &One : Flow.Terms)
    if (One.Is == Term::Load)
      if (std::optional<BasedAddress> A = Leads(One.A);
          A && T.range(*A, One.Number).overlaps(Of.Bytes))
        return true;
  for (const UserBlock &B : Flow.Blocks)
    for (const UserEvent &E : B.Events) {
      auto LeadsThere = [&](TermId Id) {
        std::optional<BasedAddress> A = Leads(Id);
        // What is behind them is not they.
        return A && !A->isBehind(Of.Bytes) ? A : std::nullopt;
      };
      // Kept somewhere: nobody knows who reads it there.
      if (E.Is != UserEvent::Call && LeadsThere(E.Source))
        return true;
      for (unsigned I = 0; I < E.Arguments.size(); ++I)
        if (std::optional<BasedAddress> A = LeadsThere(E.Arguments[I].Value)) {
          if (!A->Exact)
            return true;
          Visit({Flow.Calls[E.Number].Callee, I, Of.Bytes.movedBack(A->Offset)});
        }
    }
  return false;
}

bool UnitPointers::mayRead(EntityId Function, unsigned Parameter, ByteRange Bytes) {
  // What moves on with each call of itself has no end.
  llvm::SmallVector<Behind, 4> All = {{Function, Parameter, Bytes}};
  for (size_t I = 0; I < All.size(); ++I) {
    const Behind Of = All[I];
    const UserFlow *Flow = Of.Function == NoEntity ? nullptr : flowOf(Of.Function);
    bool Reads = !Flow || readsItself(*Flow, Of, [&](Behind Next) {
      bool Known = llvm::any_of(All, [&](const Behind &O) {
        return O.Function == Next.Function && O.Parameter == Next.Parameter &&
               O.Bytes.covers(Next.Bytes);
      });
      if (!Known && All.size() <= Budget::States)
        All.push_back(Next);
    });
    if (Reads)
      return true;
    if (All.size() > Budget::States) {
      Unfinished.push_back({Function, AnalysisKind::Callers, Limit::States});
      return true;
    }
  }
  return false;
}

} // namespace airlock
