// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/PointerAnalysis.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"

namespace airlock {

PointerAnalysis::PointerAnalysis(const Facts &F, std::unique_ptr<UserFlow> Of, ResultOf Callees,
                                 HasEffect Has)
    : F(F), Flow(std::move(Of)), T(F, *Flow, Spent), Order(*Flow) {
  llvm::SmallVector<unsigned, 1> Effects;
  auto NoteEffect = [&](std::optional<unsigned> Effect) {
    if (Effect && !llvm::is_contained(Effects, *Effect))
      Effects.push_back(*Effect);
  };
  for (TermId Id = 0; Id < Flow->Terms.size(); ++Id) {
    const Term &Is = Flow->Terms[Id];
    if (Is.Is == Term::Load)
      LoadsOf[Is.A].push_back(Id);
    if (Is.Is == Term::Result)
      Results[Is.Number] = Id;
    if (Is.Field != NoEntity)
      NoteEffect(F.Entities[Is.Field].More->ResetBy);
  }
  for (const UserCall &C : Flow->Calls)
    if (C.Callee != NoEntity)
      if (const FunctionPointers *Theirs = Callees(C.Callee)) {
        CalleeResults[C.Callee] = Theirs;
        NoteEffect(Theirs->ReturnsCached);
      }
  for (const UserCall &C : Flow->Calls)
    for (unsigned Effect : Effects)
      if (C.Callee != NoEntity && Has(C.Callee, Effect))
        Resetting.insert({C.Callee, Effect});
  if (Flow->GivenUp)
    Spent.giveUp(*Flow->GivenUp);
  else
    run();
  if (!Spent.broken())
    summarize();
  if (Spent.broken())
    giveUp(*Spent.broken());
  // Each rule asks once more what was asked here.
  constexpr uint32_t Rules = 16;
  Spent = Budget(Rules * Budget::Steps);
}

/// Half of what is known would be wrong: what a path has checked may be missing.
void PointerAnalysis::giveUp(Limit By) {
  Ended = By;
  Reached.assign(Flow->Blocks.size(), false);
  Result = FunctionPointers();
}

void PointerAnalysis::run() {
  Entry.resize(Flow->Blocks.size());
  Reached.resize(Flow->Blocks.size());
  std::vector<bool> Pending(Flow->Blocks.size());
  Pending[0] = Reached[0] = true;
  // In this order a loop is done once more only if it brought news.
  for (bool Again = true; Again;) {
    Again = false;
    for (uint32_t Id = 0; Id < Flow->Blocks.size(); ++Id) {
      if (!Pending[Id])
        continue;
      Pending[Id] = false;
      const UserBlock &B = Flow->Blocks[Id];
      PointerState S = Entry[Id];
      for (const UserEvent &E : B.Events) {
        apply(E, S);
        if (!Spent.step(1 + S.all().size()))
          return;
      }
      applyCondition(B, S);
      for (const UserEdge &Edge : B.Next) {
        if (!Spent.step(1 + S.all().size() + Entry[Edge.To].all().size()))
          return;
        PointerState There = S;
        applyEdge(B, Edge, There);
        bool News = Entry[Edge.To].join(There);
        if (News || !Reached[Edge.To]) {
          Reached[Edge.To] = true;
          Pending[Edge.To] = true;
          Again |= Edge.To <= Id;
        }
      }
    }
  }
}

void PointerAnalysis::walk(llvm::function_ref<void(const Step &)> Visit) const {
  for (uint32_t Id = 0; Id < Flow->Blocks.size(); ++Id) {
    if (!Reached[Id])
      continue;
    const UserBlock &B = Flow->Blocks[Id];
    PointerState S = Entry[Id];
    for (const UserEvent &E : B.Events) {
      Visit({Id, B, &E, S});
      apply(E, S);
    }
    if (B.Condition != NoTerm)
      Visit({Id, B, nullptr, S});
  }
}

Location PointerAnalysis::placeOf(uint32_t Call) const {
  CallId Made = Flow->Calls[Call].Made; // none where nothing is known of a callee
  return Made == NoCall ? Location() : F.Calls[Made].Place;
}

void PointerAnalysis::apply(const UserEvent &E, PointerState &S) const {
  if (E.Is == UserEvent::Assign)
    return applyAssign(E, S);
  if (E.Is != UserEvent::Call)
    return;
  applyResets(E, S);
  if (const FunctionModel *Role = roleOf(E))
    return applyRole(E, *Role, S);
  noteHandedOn(E, S);
  noteDerived(E, S);
  if (const FunctionPointers *Theirs = calleeOf(E))
    applyCallee(E, *Theirs, S);
  // `f(&x)` may change x.
  for (const UserArgument &A : E.Arguments)
    if (A.Value != NoTerm && T[A.Value].Is == Term::Object) {
      auto Loads = LoadsOf.find(A.Value);
      if (Loads == LoadsOf.end())
        continue;
      for (TermId L : Loads->second) {
        S.eraseIf([&](const PointerFact &Fact) {
          return (Fact.Is == PointerFact::Alias || Fact.Is == PointerFact::Derived) && Fact.Of == L;
        });
        S.add({PointerFact::Alias, L});
      }
    }
}

/// What a function returns, it may have from what it was given.
void PointerAnalysis::noteDerived(const UserEvent &E, PointerState &S) const {
  auto Found = Results.find(E.Number);
  if (Found == Results.end())
    return;
  Terms::Sources All;
  for (const UserArgument &A : E.Arguments)
    llvm::append_range(All, T.handed(S, A.Value));
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Derived && Fact.Of == Found->second;
  });
  for (const FetchedFrom &One : All)
    S.add({PointerFact::Derived, Found->second, One.Bytes, One.Root, 0, One.Event});
}

/// Who gets what says how much user memory there is may compare that with anything.
void PointerAnalysis::noteHandedOn(const UserEvent &E, PointerState &S) const {
  llvm::SmallVector<TermId, 1> Roots;
  for (const PointerFact &Said : S.all(PointerFact::AtLeast))
    for (const PointerFact &Copy : S.all(PointerFact::Fetched))
      if (Copy.Of == Said.Of && llvm::any_of(E.Arguments, [&](const UserArgument &A) {
            return A.Value != NoTerm &&
                   llvm::any_of(T.addresses(S, A.Value),
                                [&](const BasedAddress &At) { return At.Base == Copy.Other; });
          }))
        Roots.push_back(Said.Of);
  for (TermId Root : Roots)
    S.add({PointerFact::AtLeast, Root, {0, ByteRange::Most}});
}

/// What is in memory at an address is not what it was.
void PointerAnalysis::forget(TermId Address, PointerState &S) const {
  auto Loads = LoadsOf.find(Address);
  if (Loads != LoadsOf.end())
    S.eraseIf([&](const PointerFact &Fact) {
      return llvm::any_of(Loads->second, [&](TermId L) {
        return T.mentions(Fact.Of, L) || T.mentions(Fact.Other, L);
      });
    });
}

void PointerAnalysis::applyAssign(const UserEvent &E, PointerState &S) const {
  Terms::Sources From = T.sources(S, E.Source);
  std::optional<unsigned> Effect;
  if (E.Source != NoTerm && !Resetting.empty())
    T.visit(
        S, E.Source,
        [&](TermId Part) {
          if (EntityId Field = T[Part].Field; Field != NoEntity && F.Entities[Field].More->ResetBy)
            Effect = F.Entities[Field].More->ResetBy;
        },
        Terms::NotIntoCalls);
  forget(E.Target, S);
  BasedAddress To = T.written(E.Target);
  auto Loads = LoadsOf.find(E.Target);
  uint64_t Size = 1;
  if (Loads != LoadsOf.end())
    for (TermId L : Loads->second)
      Size = std::max<uint64_t>(Size, T[L].Number);
  ByteRange Written = T.range(To, Size);
  if (To.Exact)
    S.cutRefetched(To.Base, Written);
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Fetched && Fact.Other == E.Target &&
           T[E.Target].Is == Term::Object;
  });
  if (Loads == LoadsOf.end())
    return;
  for (TermId L : Loads->second) {
    if (E.Source == NoTerm || !T.mentions(E.Source, L)) {
      S.add({PointerFact::Alias, L, {0, 0}, E.Source});
    } else {
      for (const FetchedFrom &One : From)
        S.add({PointerFact::Derived, L, One.Bytes, One.Root, 0, One.Event});
    }
    if (Effect)
      S.add({PointerFact::Cached, L, {0, 0}, NoTerm, 0, *Effect});
  }
}

ByteRange PointerAnalysis::accessed(const PointerState &At, const UserEvent &E,
                                    const UserAccess &Access) const {
  if (Access.Pointer >= E.Arguments.size() || E.Arguments[Access.Pointer].Value == NoTerm)
    return {};
  const UserArgument &Pointer = E.Arguments[Access.Pointer];
  if (!Access.Size)
    return {0, Pointer.Points ? int64_t(Pointer.Points) : ByteRange::Most};
  TermId Size = *Access.Size < E.Arguments.size() ? E.Arguments[*Access.Size].Value : NoTerm;
  std::optional<int64_t> Bytes = T.number(At, Size);
  return {0, Bytes && *Bytes >= 0 ? *Bytes : ByteRange::Most};
}

void PointerAnalysis::addChecked(TermId Pointer, ByteRange Bytes, uint32_t Event,
                                 PointerState &S) const {
  // What passed the barrier was checked the last time.
  S.eraseIf([&](const PointerFact &Fact) {
    return Fact.Is == PointerFact::Barrier && Fact.Event == Event;
  });
  for (const BasedAddress &A : T.addresses(S, Pointer))
    S.add({PointerFact::Checked, A.Base, A.Exact ? Bytes.moved(A.Offset) : ByteRange(), NoTerm, 0,
           Event});
}

void PointerAnalysis::addProbed(TermId Pointer, ByteRange Bytes, PointerState &S) const {
  for (const BasedAddress &A : T.addresses(S, Pointer))
    S.add({PointerFact::Probed, A.Base, A.Exact ? Bytes.moved(A.Offset) : ByteRange()});
}

void PointerAnalysis::addFetched(const UserEvent &E, TermId Pointer, ByteRange Bytes, TermId Into,
                                 int64_t IntoLo, PointerState &S) const {
  const uint32_t Event = E.Number;
  Terms::Addresses To;
  if (Into != NoTerm)
    To = T.addresses(S, Into);
  struct Copy {
    TermId Root;
    ByteRange Bytes;
  };
  llvm::SmallVector<Copy, 2> Copies;
  for (const BasedAddress &A : T.addresses(S, Pointer, Terms::Themselves))
    Copies.push_back({A.Base, Bytes.moved(A.Offset)});
  llvm::SmallVector<PointerFact, 2> Again;
  for (PointerFact::Kind Kind : {PointerFact::Fetched, PointerFact::Decided})
    for (const PointerFact &First : S.all(Kind))
      for (const Copy &One : Copies)
        // What is fetched first only on some ways may never meet the second.
        if (First.Of == One.Root && First.Event != Event && First.Bytes.overlaps(One.Bytes) &&
            Order.isBefore(First.Event, E))
          for (const BasedAddress &A : To) {
            ByteRange Both{std::max(First.Bytes.Lo, One.Bytes.Lo),
                           std::min(First.Bytes.Hi, One.Bytes.Hi)};
            std::optional<int64_t> Into = llvm::checkedAdd(IntoLo, A.Offset);
            std::optional<int64_t> Shift =
                Into ? llvm::checkedSub(One.Bytes.Lo, *Into) : std::nullopt;
            if (Shift)
              Again.push_back({PointerFact::Refetched, A.Base, Both.movedBack(*Shift), One.Root,
                               *Shift, Event, First.Event});
          }
  for (const BasedAddress &A : To) {
    std::optional<int64_t> There = llvm::checkedAdd(A.Offset, IntoLo);
    std::optional<int64_t> By = There ? llvm::checkedSub(*There, Bytes.Lo) : std::nullopt;
    ByteRange Over = A.Exact && By ? Bytes.moved(By) : ByteRange{0, 0};
    S.eraseIf([&](const PointerFact &Fact) {
      return Fact.Is == PointerFact::Fetched && Fact.Other == A.Base &&
             Over.covers(Fact.Bytes.moved(llvm::checkedSub(Fact.OtherLo, Fact.Bytes.Lo)));
    });
    S.cutRefetched(A.Base, Over);
    if (A.Offset == 0 || T[A.Base].Is != Term::Object)
      forget(Into, S);
    for (const Copy &One : There ? llvm::ArrayRef<Copy>(Copies) : llvm::ArrayRef<Copy>())
      S.add({PointerFact::Fetched, One.Root, One.Bytes, A.Base, *There, Event});
  }
  for (const PointerFact &One : Again)
    S.add(One);
}

void PointerAnalysis::applyFetch(const UserEvent &E, const UserAccess &Access,
                                 PointerState &S) const {
  if (Access.Pointer >= E.Arguments.size() || E.Arguments[Access.Pointer].Value == NoTerm)
    return;
  ByteRange Bytes = accessed(S, E, Access);
  TermId Into = NoTerm;
  if (Access.Into && *Access.Into < E.Arguments.size())
    Into = E.Arguments[*Access.Into].target();
  else if (auto Found = Results.find(E.Number); !Access.Into && Found != Results.end())
    Into = Found->second; // memdup_user()
  // What is allocated and filled by a size decides about its contents.
  if (Access.Size && *Access.Size < E.Arguments.size())
    noteDecided(E.Arguments[*Access.Size].Value, placeOf(E.Number), S);
  addFetched(E, E.Arguments[Access.Pointer].Value, Bytes, Into, 0, S);
}

void PointerAnalysis::applyRole(const UserEvent &E, const FunctionModel &Role,
                                PointerState &S) const {
  auto Argument = [&](unsigned Index) {
    return Index < E.Arguments.size() ? E.Arguments[Index].Value : NoTerm;
  };
  uint32_t Place = placeOf(E.Number).Raw;
  if (Role.Allocates)
    if (TermId Size = Argument(Role.Allocates.Value - 1); Size != NoTerm)
      noteDecided(Size, placeOf(E.Number), S);
  if (Role.Fetches)
    applyFetch(E, Role.Fetches.Value, S);
  for (const Given<UserAccess> *Access : Role.accesses())
    if (*Access && Access->Value.Checked)
      if (TermId Pointer = Argument(Access->Value.Pointer); Pointer != NoTerm)
        addProbed(Pointer, accessed(S, E, Access->Value), S);
  if (Role.Exchanges && Role.Exchanges.Value.Into)
    if (unsigned Index = *Role.Exchanges.Value.Into; Index < E.Arguments.size())
      forget(E.Arguments[Index].target(), S);
  if (Role.Validates) {
    const UserCheck &Check = Role.Validates.Value;
    if (TermId Pointer = Argument(Check.Pointer); Pointer != NoTerm) {
      ByteRange Bytes{0, ByteRange::Most};
      std::optional<int64_t> Size = Check.Size ? T.number(S, Argument(*Check.Size)) : std::nullopt;
      if (Size && *Size >= 0)
        Bytes.Hi = *Size;
      addChecked(Pointer, Bytes, Place, S);
    }
  }
  if (Role.Masks)
    if (auto Found = Results.find(E.Number); Found != Results.end())
      S.add({PointerFact::Checked, Found->second, {}, NoTerm, 0, Place});
  if (Role.Barrier.Value || Role.Masks) {
    llvm::SmallVector<PointerFact, 4> Passed;
    for (const PointerFact &Fact : S.all(PointerFact::Checked))
      Passed.push_back({PointerFact::Barrier, NoTerm, {0, 0}, NoTerm, 0, Fact.Event});
    // One more stands for itself: callers want to know.
    Passed.push_back({PointerFact::Barrier});
    for (const PointerFact &Fact : Passed)
      S.add(Fact);
  }
  if (Role.Aligns)
    if (TermId Pointer = Argument(Role.Aligns.Value - 1); Pointer != NoTerm)
      for (const BasedAddress &A : T.addresses(S, Pointer))
        S.add({PointerFact::Aligned, A.Base});
}

void PointerAnalysis::applyCallee(const UserEvent &E, const FunctionPointers &Theirs,
                                  PointerState &S) const {
  auto Argument = [&](unsigned Index) {
    return Index < E.Arguments.size() ? E.Arguments[Index].Value : NoTerm;
  };
  uint32_t Place = placeOf(E.Number).Raw;
  for (const ParameterFetch &Fetch : Theirs.Fetches) {
    TermId Pointer = Argument(Fetch.Parameter);
    if (Pointer == NoTerm)
      continue;
    TermId Into = Fetch.Into ? Argument(*Fetch.Into) : NoTerm;
    auto Found = Results.find(E.Number);
    if (Fetch.IntoResult && Found != Results.end())
      Into = Found->second;
    addFetched(E, Pointer, Fetch.Bytes, Into, Fetch.IntoLo, S);
    for (const BasedAddress &A : T.addresses(S, Pointer, Terms::Themselves)) {
      ByteRange There = Fetch.Bytes.moved(A.Offset);
      if (Fetch.IntoResult && Found != Results.end())
        S.add({PointerFact::Derived, Found->second, There, A.Base, 0, E.Number});
      if (!Fetch.Decided.isEmpty())
        addDecided(A.Base, Fetch.Decided.moved(A.Offset), E.Number, placeOf(E.Number), S);
    }
  }
  for (const Guarantee &G : Theirs.Guarantees) {
    if (G.Is == Guarantee::Barrier) {
      for (const PointerFact &Fact : llvm::SmallVector<PointerFact, 4>(S.all(PointerFact::Checked)))
        S.add({PointerFact::Barrier, NoTerm, {0, 0}, NoTerm, 0, Fact.Event});
      continue;
    }
    TermId Pointer = Argument(G.Parameter);
    if (Pointer == NoTerm)
      continue;
    if (G.Is == Guarantee::Checked)
      addChecked(Pointer, G.Bytes, Place, S);
    else if (G.Is == Guarantee::Probed)
      addProbed(Pointer, G.Bytes, S);
    else
      for (const BasedAddress &A : T.addresses(S, Pointer))
        S.add({PointerFact::Aligned, A.Base});
  }
  if (Theirs.ReturnsCached)
    if (auto Found = Results.find(E.Number); Found != Results.end()) {
      S.eraseIf([&](const PointerFact &Fact) {
        return Fact.Is == PointerFact::Stale && Fact.Of == Found->second;
      });
      S.add({PointerFact::Cached, Found->second, {0, 0}, NoTerm, 0, *Theirs.ReturnsCached});
    }
}

void PointerAnalysis::applyResets(const UserEvent &E, PointerState &S) const {
  if (Resetting.empty())
    return;
  llvm::SmallVector<PointerFact, 2> Reset;
  for (const PointerFact &Fact : S.all(PointerFact::Cached))
    if (Resetting.contains({Flow->Calls[E.Number].Callee, Fact.Event}))
      Reset.push_back({PointerFact::Stale, Fact.Of, {0, 0}, NoTerm, 0, E.Number});
  for (const PointerFact &Fact : Reset)
    S.add(Fact);
}

/// The first decision is the one to tell of.
void PointerAnalysis::addDecided(TermId Root, ByteRange Bytes, uint32_t Event, Location At,
                                 PointerState &S) const {
  for (const PointerFact &D : S.all(PointerFact::Decided))
    if (D.Of == Root && D.Event == Event && D.Bytes.covers(Bytes))
      return;
  S.add({PointerFact::Decided, Root, Bytes, NoTerm, At.Raw, Event});
}

void PointerAnalysis::noteDecided(TermId Value, Location At, PointerState &S) const {
  for (const FetchedFrom &From : T.sources(S, Value))
    addDecided(From.Root, From.Bytes, From.Event, At, S);
}

bool PointerAnalysis::isChecked(const PointerState &At, TermId Pointer,
                                const ByteRange &Wanted) const {
  for (const BasedAddress &A : T.addresses(At, Pointer)) {
    const Term &Is = T[A.Base];
    if (Is.Is == Term::Parameter && size_t(Is.Number) < Flow->Parameters.size() &&
        Flow->Parameters[Is.Number].second)
      return true;
    if (Is.Field != NoEntity && F.Entities[Is.Field].More->Prevalidated)
      return true;
  }
  return factOver(At, PointerFact::Checked, Pointer, Wanted) ||
         factOver(At, PointerFact::Probed, Pointer, Wanted);
}

const PointerFact *PointerAnalysis::factOver(const PointerState &At, PointerFact::Kind Kind,
                                             TermId Pointer, ByteRange Wanted) const {
  for (const BasedAddress &A : T.addresses(At, Pointer))
    for (const PointerFact &Fact : At.all(Kind)) {
      if (Fact.Of != A.Base)
        continue;
      // How far an access of unknown length goes is for `user-size` to say.
      ByteRange There = Wanted.moved(A.Offset);
      if (!There.isBounded())
        There.Hi = ByteRange{0, 1}.moved(There.Lo).Hi;
      if (!A.Exact || Fact.Bytes.covers(There))
        return &Fact;
    }
  return nullptr;
}

bool PointerAnalysis::isAligned(const PointerState &At, TermId Pointer) const {
  return llvm::any_of(T.addresses(At, Pointer), [&](const BasedAddress &A) {
    return llvm::any_of(At.all(PointerFact::Aligned),
                        [&](const PointerFact &Fact) { return Fact.Of == A.Base; });
  });
}

bool PointerAnalysis::isCompared(const PointerState &At, TermId Size) const {
  bool Compared = false;
  T.visit(At, Size, [&](TermId Part) {
    const Term &Is = T[Part];
    Compared |= Is.Is == Term::Select || Is.Is == Term::Bits || Is.Is == Term::Less ||
                isKnown(At, PointerFact::Bounded, Part);
  });
  return Compared;
}

/// Of a value, or of the variable that it is in.
bool PointerAnalysis::isKnown(const PointerState &At, PointerFact::Kind Kind, TermId Of) const {
  const Term &Is = T[Of];
  if (Is.Is != Term::Load && Is.Is != Term::Object)
    return false;
  TermId Base = Is.Is == Term::Load ? T.written(Is.A).Base : Of;
  return llvm::any_of(At.all(Kind), [&](const PointerFact &Fact) {
    return Fact.Of == Of || (Fact.Of == Base && T[Base].Is == Term::Object);
  });
}

bool PointerAnalysis::isBounded(const PointerState &At, TermId Size) const {
  llvm::SmallVector<TermId, 8> Pending = {Size};
  llvm::SmallSet<TermId, 8> Seen;
  while (!Pending.empty() && Spent.step()) {
    TermId Part = Pending.pop_back_val();
    if (Part == NoTerm || !Seen.insert(Part).second || isKnown(At, PointerFact::AtMost, Part))
      continue;
    const Term &Is = T[Part];
    switch (Is.Is) {
    case Term::Offset:
      Pending.push_back(Is.A);
      break;
    case Term::Index: // what is subtracted only makes it less
      Pending.push_back(Is.A);
      if (Is.Number >= 0)
        Pending.push_back(Is.B);
      break;
    case Term::Combine:
      Pending.append({Is.A, Is.B});
      break;
    case Term::Result:
      llvm::append_range(Pending, Flow->Calls[Is.Number].Arguments);
      break;
    case Term::Load:
      // As user memory has it, or as it was assigned.
      if (!T.fetched(At, Part).empty())
        return false;
      for (const PointerFact &Fact : At.all(PointerFact::Alias, Part))
        Pending.push_back(Fact.Other);
      break;
    default: // min(a, b), a & b; or nothing that comes from user memory
      break;
    }
  }
  return true;
}

} // namespace airlock
