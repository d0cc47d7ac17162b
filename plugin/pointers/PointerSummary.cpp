// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a function says of user pointers to its callers, and what it passes on unsure.

#include "model/Model.h"
#include "pointers/PointerAnalysis.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

/// Two addresses that one struct keeps, or one array: who asks about the one has no
/// reason to take the other for good.
bool PointerAnalysis::areKeptTogether(TermId One, TermId Other) const {
  auto Holder = [&](TermId Id) {
    return T[Id].Is == Term::Load ? T.written(T[Id].A).Base : NoTerm;
  };
  return Holder(One) != NoTerm && Holder(One) == Holder(Other) && T[Holder(One)].Is != Term::Object;
}

/// Whether a check is that of a macro, of what the macro accesses. It says nothing of what was
/// checked where the address comes from.
bool PointerAnalysis::isOfMacro(const PointerFact &Check) const {
  return Check.Is == PointerFact::Checked && llvm::any_of(Flow->Blocks, [&](const UserBlock &B) {
           return llvm::any_of(B.Events, [&](const UserEvent &E) {
             return E.Is == UserEvent::Call && E.InMacro && placeOf(E.Number).Raw == Check.Event;
           });
         });
}

void PointerAnalysis::addPassing(const UserEvent &E, unsigned Argument, bool NeedsCheck,
                                 bool NeedsAlign, const ByteRange &Bytes, const PointerState &At) {
  if (Argument >= E.Arguments.size() || E.Arguments[Argument].Value == NoTerm)
    return;
  TermId Pointer = E.Arguments[Argument].Value;
  Passing P;
  P.Call = E.Made;
  P.Argument = Argument;
  P.Checked = !NeedsCheck || isChecked(At, Pointer, Bytes, E);
  P.Aligned = !NeedsAlign || isAligned(At, Pointer);
  if (!roleOf(E))
    for (const BasedAddress &A : T.addresses(At, Pointer, Terms::Themselves))
      for (const PointerFact &D : At.all(PointerFact::Decided))
        if (D.Of == A.Base && D.Event != E.Number && Order.isBefore(D.Event, E)) {
          P.Decided.include(D.Bytes.movedBack(A.Offset));
          P.FirstFetch = Flow->Calls[D.Event].Made;
        }
  P.From = T.originOf(At, Pointer, P.Parameter);
  bool Unsure = (!P.Checked || !P.Aligned) && P.From != Origin::Unknown;
  if (!Unsure && P.Decided.empty())
    return;
  P.Promised = E.Arguments[Argument].Promised;
  P.Text = E.Arguments[Argument].Text;
  for (const BasedAddress &A : T.addresses(At, Pointer))
    for (PointerFact::Kind Kind : {PointerFact::Checked, PointerFact::Probed})
      for (const PointerFact &Fact : At.all(Kind))
        P.TooShort |= NeedsCheck && (Fact.Of == A.Base ? P.From != Origin::Field || !isOfMacro(Fact)
                                                       : Kind == PointerFact::Probed &&
                                                             areKeptTogether(Fact.Of, A.Base));
  if (P.From == Origin::Parameter)
    for (const BasedAddress &A : T.addresses(At, Pointer))
      if (T[A.Base].Is == Term::Parameter && A.Exact)
        P.Bytes = Bytes.moved(A.Offset);
  Result.Passings.push_back(P);
}

/// What is kept where it is promised to be checked.
void PointerAnalysis::addFilling(const UserEvent &E, const PointerState &At) {
  if (E.Source == NoTerm || isChecked(At, E.Source, {0, 1}, E))
    return;
  Passing P;
  P.At = E.At;
  P.Promised = true;
  P.Aligned = true;
  P.From = T.originOf(At, E.Source, P.Parameter);
  P.Bytes = {0, 1};
  if (P.From != Origin::Unknown)
    Result.Passings.push_back(P);
}

/// Whether a value is made of what the caller has given, or has given the address of.
bool PointerAnalysis::isGiven(const PointerState &At, TermId Value) const {
  bool Found = false;
  T.visit(At, Value, [&](TermId Part) { Found |= T[Part].Is == Term::Parameter; });
  return Found;
}

void PointerAnalysis::summarizeSizes(const UserEvent &E, const PointerState &At) {
  if (const FunctionModel *Role = roleOf(E)) {
    for (const Given<UserAccess> *Access : {&Role->Fetches, &Role->Stores, &Role->Copies})
      if (*Access && Access->Value.Size && *Access->Value.Size < E.Arguments.size())
        Result.CopiesByParameter |= isGiven(At, E.Arguments[*Access->Value.Size].Value);
    return;
  }
  if (const FunctionPointers *Theirs = calleeOf(E); Theirs && Theirs->CopiesByParameter)
    for (const UserArgument &A : E.Arguments)
      Result.CopiesByParameter |= isGiven(At, A.Value);
}

void PointerAnalysis::summarizeCall(const UserEvent &E, const PointerState &At) {
  if (!Result.CopiesByParameter)
    summarizeSizes(E, At);
  for (unsigned I = 0; I < E.Arguments.size(); ++I)
    if (E.Arguments[I].Promised)
      addPassing(E, I, true, false, {0, std::max<int64_t>(E.Arguments[I].Points, 1)}, At);
  if (const FunctionModel *Role = roleOf(E)) {
    for (const Given<UserAccess> *Access : Role->accesses())
      if (*Access)
        addPassing(E, Access->Value.Pointer, !Access->Value.Checked && !E.Checks,
                   /*NeedsAlign=*/Access == &Role->Exchanges &&
                       accessed(At, E, Access->Value).Hi != 1,
                   accessed(At, E, Access->Value), At);
    return;
  }
  const FunctionPointers *Theirs = calleeOf(E);
  llvm::SmallVector<bool, 4> Done(E.Arguments.size());
  // What a function does that is defined elsewhere, all units together will know.
  if (const Entity &Callee = F.callee(F.Calls[E.Made]);
      !Theirs && Callee.Kind == EntityKind::Function && !Callee.HasBody && !Callee.Opaque)
    for (unsigned I = 0; I < E.Arguments.size(); ++I)
      if (E.Arguments[I].IsUser && !E.Arguments[I].Promised)
        addPassing(E, I, true, true, {0, std::max<int64_t>(E.Arguments[I].Points, 1)}, At);
  for (const Passing &P :
       Theirs ? llvm::ArrayRef<Passing>(Theirs->Passings) : llvm::ArrayRef<Passing>()) {
    if (P.From != Origin::Parameter || P.Parameter >= Done.size() || Done[P.Parameter])
      continue;
    Done[P.Parameter] = true;
    addPassing(E, P.Parameter, !P.Checked, !P.Aligned, P.Bytes, At);
  }
  for (const ParameterFetch &Is :
       Theirs ? llvm::ArrayRef<ParameterFetch>(Theirs->Fetches) : llvm::ArrayRef<ParameterFetch>())
    if (Is.Parameter < Done.size() && !Done[Is.Parameter] && !Is.Used.empty()) {
      Done[Is.Parameter] = true;
      addPassing(E, Is.Parameter, false, false, Is.Bytes, At);
    }
}

void PointerAnalysis::summarizeReturns(
    llvm::ArrayRef<std::pair<const UserEvent *, PointerState>> Returns) {
  struct Way {
    std::optional<bool> Truth;
    std::vector<PointerFact> Checked;
    bool Barrier;
  };
  std::vector<Way> Ways;
  for (const auto &[E, At] : Returns)
    for (const Outcome &O : outcomes(At, E->Source)) {
      Way W{O.Truth, {}, !At.all(PointerFact::Barrier).empty()};
      for (const PointerFact &Fact : At.all())
        if ((Fact.Is == PointerFact::Checked && !llvm::is_contained(O.Failed, Fact.Event)) ||
            Fact.Is == PointerFact::Aligned || Fact.Is == PointerFact::Probed)
          if (T[Fact.Of].Is == Term::Parameter)
            W.Checked.push_back(Fact);
      Ways.push_back(std::move(W));
    }
  auto Holds = [&](const PointerFact &Fact, std::optional<bool> Truth) {
    bool Any = false;
    for (const Way &W : Ways) {
      if (Truth && W.Truth && *W.Truth != *Truth)
        continue;
      Any = true;
      if (!llvm::any_of(W.Checked, [&](const PointerFact &O) {
            return O.Is == Fact.Is && O.Of == Fact.Of && O.Bytes.covers(Fact.Bytes);
          }))
        return false;
    }
    return Any;
  };
  for (const Way &W : Ways)
    for (const PointerFact &Fact : W.Checked) {
      Guarantee G;
      G.Is = Fact.Is == PointerFact::Checked  ? Guarantee::Checked
             : Fact.Is == PointerFact::Probed ? Guarantee::Probed
                                              : Guarantee::Aligned;
      G.Parameter = T[Fact.Of].Number;
      G.Bytes = G.Is == Guarantee::Aligned ? ByteRange() : Fact.Bytes;
      if (Holds(Fact, std::nullopt))
        G.If = Guarantee::Always;
      else if (Holds(Fact, false))
        G.If = Guarantee::IfZero;
      else if (Holds(Fact, true))
        G.If = Guarantee::IfNonZero;
      else
        continue;
      bool Known = llvm::any_of(Result.Guarantees, [&](const Guarantee &O) {
        return O.Is == G.Is && O.Parameter == G.Parameter && O.If == G.If &&
               O.Bytes.Lo == G.Bytes.Lo && O.Bytes.Hi == G.Bytes.Hi;
      });
      if (!Known)
        Result.Guarantees.push_back(G);
    }
  if (!Ways.empty() && llvm::any_of(Ways, [](const Way &W) { return W.Barrier; })) {
    Guarantee G;
    G.Is = Guarantee::Barrier;
    Result.Guarantees.push_back(G);
  }
}

/// What is done with what a fetch brought, by fetch and the parameter it is behind.
void PointerAnalysis::noteUses(const Step &At, FetchedBytes &Used, FetchedBytes &Compared) const {
  auto Note = [&](TermId Value, FetchedBytes &Into) {
    for (const FetchedFrom &From : T.sources(At.Before, Value))
      if (T[From.Root].Is == Term::Parameter)
        Into[{From.Event, From.Root}].include(From.Bytes);
  };
  if (!At.Event)
    return Note(At.Block.Condition, Compared);
  const UserEvent &E = *At.Event;
  if (E.Is == UserEvent::Call)
    for (const UserArgument &A : E.Arguments)
      Note(A.Value, Used);
  else if (E.Is == UserEvent::Return || T[T.written(E.Target).Base].Is != Term::Object)
    Note(E.Source, Used);
}

/// What of that which is behind parameters a condition asks about, or what it returns says,
/// or somebody may look at who is given its address.
void PointerAnalysis::summarizeAsked(const Step &At) {
  auto Add = [&](uint8_t Parameter, ByteRange Bytes) {
    if (llvm::none_of(Result.Asked, [&](const AskedBytes &O) {
          return O.Parameter == Parameter && O.Bytes.isEmpty() == Bytes.isEmpty() &&
                 O.Bytes.covers(Bytes);
        }))
      Result.Asked.push_back({Parameter, Bytes});
  };
  auto AddBehind = [&](TermId Address, uint64_t Size) {
    for (const BasedAddress &A : T.addresses(At.Before, Address))
      if (T[A.Base].Is == Term::Parameter)
        Add(T[A.Base].Number, T.range(A, Size));
  };
  auto AddValues = [&](TermId Value) {
    // What calls in it look at, each says by itself.
    T.visit(
        At.Before, Value,
        [&](TermId Part) {
          if (T[Part].Is == Term::Parameter)
            Add(T[Part].Number, {0, 0});
          if (T[Part].Is == Term::Load)
            AddBehind(T[Part].A, T[Part].Number);
        },
        Terms::NotIntoCalls);
  };
  if (!At.Event)
    return AddValues(At.Block.Condition);
  if (At.Event->Is == UserEvent::Return)
    AddValues(At.Event->Source);
  if (At.Event->Is != UserEvent::Call || roleOf(*At.Event))
    return;
  const FunctionPointers *Theirs = calleeOf(*At.Event);
  for (unsigned I = 0; I < At.Event->Arguments.size(); ++I) {
    TermId Value = At.Event->Arguments[I].Value;
    if (Value == NoTerm)
      continue;
    if (asks(At.Event->Number, I))
      AddValues(Value);
    const bool LooksBehind = !Theirs || llvm::any_of(Theirs->Asked, [&](const AskedBytes &Is) {
      return Is.Parameter == I && !Is.Bytes.isEmpty();
    });
    if (LooksBehind && mayLead(Value))
      AddBehind(Value, 0);
  }
}

/// What it returns where that is an address: whose, and whether it was checked.
void PointerAnalysis::summarizeAddresses(
    llvm::ArrayRef<std::pair<const UserEvent *, PointerState>> Returns) {
  if (Flow->CanFail) // an answer, of which a function that dispatches has very many
    return;
  bool AllChecked = true;
  for (const auto &[E, At] : Returns) {
    if (E->Source == NoTerm || T.number(At, E->Source))
      continue;
    for (const BasedAddress &A : T.addresses(At, E->Source)) {
      const Term &Is = T[A.Base];
      if (Is.Is == Term::Parameter) {
        ReturnedAddress New{uint8_t(Is.Number), A.Exact, A.Exact ? A.Offset : 0};
        if (llvm::none_of(Result.Returned, [&](const ReturnedAddress &O) {
              return O.Parameter == New.Parameter && O.Exact == New.Exact && O.Offset == New.Offset;
            }))
          Result.Returned.push_back(New);
      }
      Result.ReturnsUnchecked |= !At.all(PointerFact::Foreign, A.Base).empty();
    }
    const PointerFact *Check = checkOf(At, E->Source, {0, 1});
    if (!Check) {
      AllChecked = false;
      continue;
    }
    if (!Result.ReturnsChecked || Result.ReturnsChecked->covers(Check->Bytes))
      Result.ReturnsChecked = Check->Bytes;
  }
  if (!AllChecked)
    Result.ReturnsChecked.reset();
}

void PointerAnalysis::summarize() {
  FetchedBytes Used, Compared;
  std::vector<std::pair<const UserEvent *, PointerState>> Returns;
  UserEvent FallsOff;
  walk([&](const Step &At) {
    if (!At.Before.all(PointerFact::Fetched).empty())
      noteUses(At, Used, Compared);
    summarizeAsked(At);
    if (!At.Event)
      return;
    if (At.Event->Is == UserEvent::Call)
      summarizeCall(*At.Event, At.Before);
    if (At.Event->Is == UserEvent::Assign && At.Event->Promised)
      addFilling(*At.Event, At.Before);
    if (At.Event->Is == UserEvent::Return)
      Returns.push_back({At.Event, At.Before});
  });
  // Control may fall off the end.
  if (Returns.empty() && Entry[Flow->Exit])
    Returns.push_back({&FallsOff, *Entry[Flow->Exit]});
  summarizeReturns(Returns);
  summarizeAddresses(Returns);

  auto ParameterOf = [&](TermId Id) -> std::optional<uint8_t> {
    if (Id == NoTerm || T[Id].Is != Term::Parameter)
      return std::nullopt;
    return T[Id].Number;
  };
  // A caller cannot tell the ways apart, but for those that have failed.
  auto IsOnAllWays = [&](uint32_t Call) {
    return llvm::all_of(Returns, [&](const auto &Return) {
      const auto &[E, At] = Return;
      std::optional<int64_t> Value = T.number(At, E->Source);
      return (Value && *Value < 0) ||
             (E == &FallsOff ? Order.isBefore(Call, Flow->Exit) : Order.isBefore(Call, *E));
    });
  };
  for (const auto &[E, At] : Returns) {
    Terms::Sources Returned = T.sources(At, E->Source);
    Terms::Addresses ReturnedAt;
    if (E->Source != NoTerm && !Flow->CanFail)
      ReturnedAt = T.addresses(At, E->Source);
    for (const PointerFact &Fact : At.all(PointerFact::Fetched)) {
      std::optional<uint8_t> From = ParameterOf(Fact.Of);
      if (!From)
        continue;
      ParameterFetch Fetch;
      Fetch.Call = Flow->Calls[Fact.Event].Made;
      Fetch.Parameter = *From;
      Fetch.Bytes = Fact.Bytes;
      Fetch.Into = ParameterOf(Fact.Other);
      Fetch.IntoLo = Fact.OtherLo;
      const bool OnAllWays = IsOnAllWays(Fact.Event);
      Fetch.IntoResult =
          (OnAllWays &&
           llvm::any_of(Returned, [&](const FetchedFrom &S) { return S.Event == Fact.Event; })) ||
          // The value of a helper is one of some way, and a pointer leads to what it is.
          ((OnAllWays || !T[Fact.Other].Width) &&
           llvm::any_of(ReturnedAt, [&](const BasedAddress &A) { return A.Base == Fact.Other; }));
      if (OnAllWays)
        for (const PointerFact &D : At.all(PointerFact::Decided))
          if (D.Event == Fact.Event && D.Of == Fact.Of)
            Fetch.Decided.include(D.Bytes);
      // What it was compared with was not known when it was used.
      auto UsedOf = Used.find({Fact.Event, Fact.Of});
      auto ComparedOf = Compared.find({Fact.Event, Fact.Of});
      if (UsedOf != Used.end() &&
          (ComparedOf == Compared.end() || !UsedOf->second.overlaps(ComparedOf->second)))
        Fetch.Used = UsedOf->second;
      bool Known = llvm::any_of(Result.Fetches, [&](ParameterFetch &O) {
        if (O.Call != Fetch.Call || O.Parameter != Fetch.Parameter || O.Into != Fetch.Into ||
            O.Bytes.Lo != Fetch.Bytes.Lo || O.Bytes.Hi != Fetch.Bytes.Hi)
          return false;
        O.IntoResult |= Fetch.IntoResult;
        O.Decided.include(Fetch.Decided);
        O.Used.include(Fetch.Used);
        return true;
      });
      if (!Known)
        Result.Fetches.push_back(Fetch);
    }
    // `return node;` of a translation that is kept elsewhere, or what is computed from it.
    if (!ReturnedAt.empty())
      T.visit(
          At, E->Source,
          [&, &At = At](TermId Part) {
            EntityId Field = T[Part].Field;
            if (Field != NoEntity && F.Entities[Field].More->ResetBy)
              Result.ReturnsCached = F.Entities[Field].More->ResetBy;
            for (const PointerFact &Fact : At.all(PointerFact::Cached, Part))
              Result.ReturnsCached = Fact.Event;
          },
          Terms::Values);
  }
}

} // namespace airlock
